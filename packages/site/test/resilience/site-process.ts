// What `child-site.ts` starts: a site in a process of its own, told what to do by its parent's messages.
import { closeSync, openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPortico } from 'portico';
import { toNodeListener } from 'portico/node';
import { createSite, type MailTransport, type SiteOptions } from '../../src/index.ts';
import { cheapPasswords } from '../support/cheap-passwords.ts';
import { CONTENT_MODEL } from './content-model.ts';

/** What the process is started with. */
export interface ProcessOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly mailFile: string;
  readonly site: Pick<SiteOptions, 'database' | 'dataDir' | 'users' | 'limits'>;
}

/** Does housekeeping and sends what is due, with a clock that is later by so much. */
export interface Order {
  readonly laterBySeconds: number;
}

export type Answer =
  | { readonly port: number }
  | { readonly settled: true }
  | { readonly settled: false; readonly why: string };

/** Each mail is one line of a file, and written before it counts as sent: what the system has, `kill -9` does not take back. */
function toFile(path: string): MailTransport {
  const file = openSync(path, 'a');
  return {
    async send({ to, messageId, text }) {
      writeSync(file, `${JSON.stringify({ to, messageId, text })}\n`);
    },
    async close() {
      closeSync(file);
    },
  };
}

async function run({ port, mailFile, site: options }: ProcessOptions): Promise<void> {
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const bound = (server.address() as AddressInfo).port;
  let later = 0;
  const site = createSite(
    {
      siteUrl: `http://127.0.0.1:${bound}`,
      ...CONTENT_MODEL,
      ...options,
      mail: { transport: toFile(mailFile) },
    },
    { now: () => Date.now() + later },
  );
  Object.assign(site.services, { passwords: cheapPasswords });
  const portico = createPortico({
    plugins: [site],
    dev: false,
    secrets: ['a secret of the tests that is long enough'],
  });
  const listener = toNodeListener(portico);
  await site.start();

  const tell = (answer: Answer): void => void process.send?.(answer);
  process.on('message', (order: Order) => {
    later += order.laterBySeconds * 1000;
    void site.housekeep().then(
      () => tell({ settled: true }),
      (error: unknown) => tell({ settled: false, why: String(error) }),
    );
  });
  // The test is over, or has died.
  process.on('disconnect', () => process.exit());
  tell({ port: bound });
}

await run(JSON.parse(process.argv[2] ?? '') as ProcessOptions);
