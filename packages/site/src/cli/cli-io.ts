import { text } from 'node:stream/consumers';
import { askHidden } from './ask-hidden.ts';

/** The terminal as commands see it. */
export interface CliIo {
  /** Whether somebody sits there who can be asked. */
  readonly isTerminal: boolean;
  print(line: string): void;
  printError(line: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Asks for a line that is not shown while it is typed. Rejects when it is cancelled. */
  askHidden(question: string): Promise<string>;
}

export const processIo: CliIo = {
  isTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
  print: (line) => void process.stdout.write(`${line}\n`),
  printError: (line) => void process.stderr.write(`${line}\n`),
  readInput: () => text(process.stdin),
  askHidden: (question) => askHidden(question, process.stdin, process.stderr),
};
