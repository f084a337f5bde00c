import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { askHidden } from '../../src/cli/ask-hidden.ts';

function ask(typed: string): { answer: Promise<string>; shown: () => Promise<string> } {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askHidden('Password: ', input, output);
  input.write(typed);
  return {
    answer,
    shown: () => {
      output.end();
      return text(output);
    },
  };
}

describe('asking for a hidden line', () => {
  it('reads a line and shows the question only', async () => {
    const { answer, shown } = ask('geheim123\r');
    expect(await answer).toBe('geheim123');
    expect(await shown()).toBe('Password: \n');
  });

  it('lets typing mistakes be taken back', async () => {
    expect(await ask('geheimX\u007f123\r').answer).toBe('geheim123');
  });

  it.each([
    ['Ctrl-C', 'geh\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('rejects on %s', async (_, typed) => {
    await expect(ask(typed).answer).rejects.toThrow('Cancelled.');
  });
});
