import type { SerializedActionResult } from 'portico';

interface ActionSession {
  readonly actionName: string;
  readonly actionResult: SerializedActionResult;
}

const MOST = 1000;
const sessions = new Map<string, ActionSession>();

/** Stands where the guide has Netlify's Blobs: in this process alone, and the oldest goes when there are too many. */
export const actionStore = {
  get: (id: string): ActionSession | undefined => sessions.get(id),
  set(id: string, session: ActionSession): void {
    const [oldest] = sessions.keys();
    if (sessions.size >= MOST && oldest !== undefined) sessions.delete(oldest);
    sessions.set(id, session);
  },
  delete: (id: string): boolean => sessions.delete(id),
};
