import type { CliIo } from './cli-io.ts';

export interface CommandOption {
  readonly type: 'string' | 'boolean';
  /** How its value is called in the help. */
  readonly value?: string;
  readonly help: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Gives the exit code. Loads what it needs: help comes at once. */
  run(values: OptionValues, io: CliIo): Promise<number>;
}

/** Options of every command. */
export const COMMON_OPTIONS: Readonly<Record<string, CommandOption>> = {
  app: { type: 'string', value: 'FILE', help: 'the file that exports `portico`, instead of looking for it' },
  help: { type: 'boolean', help: 'says this' },
};

/** The value of an option that takes a text. */
export function textOf(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
