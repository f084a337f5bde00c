// What `once-pair.ts` starts: a shop in a process of its own, told what to do by its parent's messages.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPortico, defineAction } from 'portico';
import { form, hiddenInputs } from 'portico/html';
import { toNodeListener } from 'portico/node';
import { z } from 'zod';
import { createSite } from '../../src/index.ts';

export interface ShopProcessOptions {
  readonly database: string;
  readonly dataDir: string;
  /** Gets a line for each run of the handler. */
  readonly orderFile: string;
}

/** Orders to the process: let the handlers that wait go on, or live that much later. */
export type ShopOrder = { readonly finish: true } | { readonly laterBySeconds: number };

/** What the process tells: where it listens, that a handler runs, that an order was carried out. */
export type ShopNews = { readonly port: number } | { readonly ran: string } | { readonly obeyed: true };

async function run({ database, dataDir, orderFile }: ShopProcessOptions): Promise<void> {
  const tell = (news: ShopNews): void => void process.send?.(news);
  let later = 0;
  let finish = (): void => undefined;
  const finished = new Promise<void>((done) => (finish = done));
  const order = defineAction({
    accept: 'any',
    once: 'required',
    input: z.object({ item: z.string() }),
    redirect: '/orders/{number}',
    handler: async ({ item }) => {
      appendFileSync(orderFile, `${item}\n`);
      tell({ ran: item });
      await finished;
      return { number: `${process.pid}-${item}`, at: new Date() };
    },
  });
  const server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const siteUrl = `http://127.0.0.1:${port}`;
  const mail = { transport: { send: async () => undefined, close: async () => undefined } };
  const site = createSite({ siteUrl, database, dataDir, mail }, { now: () => Date.now() + later });
  const portico = createPortico({
    plugins: [site],
    actions: { order },
    dev: false,
    secrets: ['a secret of the tests that is long enough'],
  });
  const listener = toNodeListener(portico, {
    pages: (request) => new Response(String(hiddenInputs(form(portico.context(request), order)))),
  });
  await site.start();

  process.on('message', (told: ShopOrder) => {
    if ('finish' in told) finish();
    else later += told.laterBySeconds * 1000;
    tell({ obeyed: true });
  });
  process.on('disconnect', () => process.exit());
  tell({ port });
}

await run(JSON.parse(process.argv[2] ?? '') as ShopProcessOptions);
