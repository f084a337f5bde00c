import { styleText } from 'node:util';
import type { Severity } from '../doctor/finding.ts';

/** The terminal as commands see it. */
export interface CliIo {
  /** The folder that paths are as of. */
  readonly folder: string;
  print(text: string): void;
  printError(text: string): void;
  /** A text in the colour of a severity, where there is somebody to see it. */
  paint(severity: Severity, text: string): string;
}

const COLOURS = { error: 'red', warning: 'yellow', note: 'cyan' } as const;

export const processIo: CliIo = {
  folder: process.cwd(),
  print: (text) => void process.stdout.write(`${text}\n`),
  printError: (text) => void process.stderr.write(`${text}\n`),
  // Looks at NO_COLOR, FORCE_COLOR and whether it is a terminal.
  paint: (severity, text) => styleText(COLOURS[severity], text, { stream: process.stdout }),
};
