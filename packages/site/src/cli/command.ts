import type { CliIo } from './cli-io.ts';
import type { SiteTasks } from './site-tasks.ts';

export interface CommandOption {
  /** A text that follows, or a switch. */
  readonly type: 'string' | 'boolean';
  /** What follows, in the help: `<email>`. */
  readonly value?: string;
  readonly help: string;
  readonly required?: boolean;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** A command of `portico-site`. */
export interface Command {
  /** The words that call it: `users create`. */
  readonly name: string;
  readonly summary: string;
  /** More for its own help, below the options. */
  readonly details?: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  run(values: OptionValues, io: CliIo, site: () => Promise<SiteTasks>): Promise<void>;
}

/** Options that every command has. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  site: {
    type: 'string',
    value: '<module>',
    help: 'A module of the app that exports `site`, made by createSite, for its own settings.',
  },
  help: { type: 'boolean', help: 'This text.' },
};

/** Whom a command is about. */
export const USER_OPTION: CommandOption = {
  type: 'string',
  value: '<email|username|id>',
  help: 'Who it is.',
  required: true,
};

/** The text of an option that is required, so that it is there. */
export function textOf(values: OptionValues, name: string): string {
  return String(values[name] ?? '');
}
