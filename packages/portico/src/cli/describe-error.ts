import { relative } from 'node:path';
import { UsageError } from './usage-error.ts';

const DEEPEST = 4;

/** An error as lines for the terminal: what is wrong, what caused it, and where in the project. No stack. */
export function describeError(error: unknown, folder: string): readonly string[] {
  const lines: string[] = [];
  let current = error;
  for (let depth = 0; current !== undefined && depth < DEEPEST; depth++) {
    const message = current instanceof Error ? current.message : String(current);
    if (!lines.some((line) => line.includes(message)))
      lines.push(depth === 0 ? message : `Cause: ${message}`);
    if (current instanceof UsageError) return lines;
    const place = placeOf(current, folder);
    if (place !== undefined && depth > 0) lines.push(`At ${place}`);
    current = current instanceof Error ? current.cause : undefined;
  }
  return lines;
}

/** The first line of a stack that is the project's own. */
function placeOf(error: unknown, folder: string): string | undefined {
  const frames = (error instanceof Error ? (error.stack ?? '') : '').split('\n');
  for (const frame of frames) {
    const [, path] = /(?:file:\/\/)?(\/[^():]+:\d+)(?::\d+)?\)?$/.exec(frame) ?? [];
    if (path?.startsWith(`${folder}/`) && !path.includes('/node_modules/')) return relative(folder, path);
  }
  return undefined;
}
