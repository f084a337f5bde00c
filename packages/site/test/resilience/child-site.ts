import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transcript } from '../support/transcript.ts';
import type { Answer, Order, ProcessOptions } from './site-process.ts';

/** A site that runs in a process of its own, as it does for an app. */
export interface ChildSite {
  readonly origin: string;
  readonly port: number;
  /** `kill -9`. Resolves once the process is gone. */
  kill(): Promise<void>;
  /** Sends what is due by a clock that is that much later. Resolves once nothing is. */
  settle(laterBySeconds?: number): Promise<void>;
}

export interface SentMail {
  readonly to: string;
  readonly messageId: string;
  readonly text: string;
}

/** Starts a site. What it prints goes to the transcript. It ends with this process at the latest. */
export async function startChildSite(options: ProcessOptions, transcript: Transcript): Promise<ChildSite> {
  const child = fork(join(import.meta.dirname, 'site-process.ts'), [JSON.stringify(options)], {
    execArgv: ['--conditions=portico-source', '--no-warnings'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      printed.push(text);
      transcript.log(text);
    });
  }
  const started = await answerOf(child, printed);
  if (!('port' in started)) throw new Error(`The site did not start: ${printed.join('')}`);
  const { port } = started;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
    async settle(laterBySeconds = 0) {
      const order: Order = { laterBySeconds };
      child.send(order);
      const answer = await answerOf(child, printed);
      if ('why' in answer) throw new Error(answer.why);
    },
  };
}

async function answerOf(child: ChildProcess, printed: readonly string[]): Promise<Answer> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(() => {
    throw new Error(`The site’s process ended: ${printed.join('')}`);
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exit])) as [
      Answer,
    ];
    return answer;
  } finally {
    exit.catch(() => undefined);
    ended.abort();
  }
}

/** The mails in a file that a site has sent, in the order they went out. */
export async function mailsIn(file: string): Promise<readonly SentMail[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SentMail);
}

/** What the link in a mail brings along. */
export function linkIn({ text }: SentMail): { readonly code: string; readonly id: string } {
  const query = new URLSearchParams(/https?:\/\/\S+\?(\S+)/.exec(text)?.[1]);
  return { code: query.get('code') ?? '', id: query.get('id') ?? '' };
}
