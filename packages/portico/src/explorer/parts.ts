import type { Portico } from '../app.ts';
import type { People } from '../define/options.ts';
import type { App } from '../request/app-state.ts';
import type { RequestLog } from './request-log.ts';

/** What the endpoints work with, once the plugin is mounted. */
export interface ExplorerParts {
  readonly portico: Portico;
  readonly app: App;
  readonly log: RequestLog;
  readonly people: People | undefined;
}

/** Where the explorer lives, below the app's base. */
export const ROOT = '/_portico';

export function rootOf({ app }: ExplorerParts): string {
  return app.settings.base + ROOT;
}

/** Who can be signed in as: the explorer's own option, else the first plugin's. */
export function peopleOf({ people, app }: ExplorerParts): People | undefined {
  return people ?? app.settings.people;
}

/** Some of the people whom a search finds; all of a large site fit into no list. */
export async function findPeople(parts: ExplorerParts, search: string): ReturnType<People['list']> {
  const found = (await peopleOf(parts)?.list(search)) ?? [];
  return found.slice(0, MOST_PEOPLE);
}

const MOST_PEOPLE = 50;
