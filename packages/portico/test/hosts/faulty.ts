import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { RequestInfo } from 'portico';
import { conformanceApp, type ConformanceHost } from 'portico/testing';
import { fetchPages } from './fixtures/fetch-pages.ts';
import { listening } from './fixtures/listening.ts';

/** Where a host goes wrong: in what it hands in, in how it renders, in what it lets out. */
export interface Faults {
  readonly request?: (request: Request, info: RequestInfo) => Request | Promise<Request>;
  readonly page?: (
    page: Request,
    posted: boolean,
    show: (page: Request) => Promise<Response>,
  ) => Promise<Response>;
  readonly answer?: (answer: Response) => Response | Promise<Response>;
  readonly info?: RequestInfo;
  readonly has?: (path: string) => boolean | undefined;
}

/** A host that is right but for one thing. */
export function faultyHost(name: string, faults: Faults): ConformanceHost {
  return {
    name,
    start(variant) {
      const portico = conformanceApp(variant);
      const { pages, has } = fetchPages(portico, variant);
      const listener = getRequestListener(async (given, { incoming }) => {
        const info = { clientAddress: incoming.socket.remoteAddress, ...faults.info };
        const request = (await faults.request?.(given, info)) ?? given;
        const show = (page: Request): Promise<Response> =>
          faults.page ? faults.page(page, page !== request, pages) : pages(page);
        try {
          const answer = await portico.wrap(show, { has: faults.has ?? has })(request, info);
          return (await faults.answer?.(answer)) ?? answer;
        } catch {
          return new Response('The page failed.', { status: 500 });
        }
      });
      return listening(createServer(listener), variant);
    },
  };
}
