import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks on `output` and reads a line of `input`, a terminal, without showing it. Rejects on Ctrl-C and where the input ends.
 */
export function askHidden(
  question: string,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  output.write(question);
  return new Promise<string>((resolve, reject) => {
    const cancelled = (): void => {
      lines.close();
      reject(new Error('Cancelled.'));
    };
    lines.once('SIGINT', cancelled);
    lines.once('close', cancelled);
    lines.once('line', (line) => {
      lines.off('close', cancelled);
      lines.close();
      resolve(line);
    });
  }).finally(() => output.write('\n'));
}
