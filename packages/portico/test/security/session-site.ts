import {
  createPortico,
  defineAction,
  type PorticoOptions,
  type PorticoUser,
  type SessionOptions,
} from 'portico';
import { csrfToken } from 'portico/html';
import { z } from 'zod';
import { serve } from '../support/serve.ts';
import { ROUTES } from './doors.ts';

const quiet = { error: () => undefined, warn: () => undefined };

export async function site(options: Omit<PorticoOptions, 'actions'> & { session?: SessionOptions } = {}) {
  const calls: string[] = [];
  let open = (): void => undefined;
  const bothArrived = new Promise<void>((resolve) => (open = resolve));
  let arrived = 0;
  const actions = {
    login: defineAction({
      handler: (_input, ctx) => {
        ctx.session.regenerate();
        ctx.session.set('userId', 7);
      },
    }),
    logout: defineAction({ handler: (_input, ctx) => ctx.session.destroy() }),
    remember: defineAction({
      input: z.object({ key: z.string(), value: z.string(), wait: z.boolean().optional() }),
      handler: async ({ key, value, wait }, ctx) => {
        ctx.session.set(key, value);
        if (wait !== true) return;
        if (++arrived === 2) open();
        await bothArrived;
      },
    }),
    leave: defineAction({
      handler: async (_input, ctx) => {
        ctx.session.destroy();
        if (++arrived === 2) open();
        await bothArrived;
      },
    }),
    notes: {
      save: defineAction({
        accept: 'any',
        input: z.object({ title: z.string().min(3) }),
        messages: { failure: 'No.' },
        handler: (_input, ctx) => {
          calls.push(String((ctx.user as { id?: number } | null)?.id ?? 'guest'));
        },
      }),
    },
  };
  const portico = createPortico({
    actions,
    routes: ROUTES,
    logger: quiet,
    user: (ctx) => (ctx.session.get('userId') === undefined ? null : ({ id: 7 } as unknown as PorticoUser)),
    ...options,
  });
  const pages = (request: Request): Response => {
    const ctx = portico.context(request);
    const { pathname } = new URL(request.url);
    if (pathname === '/token') return new Response(csrfToken(ctx));
    if (pathname === '/flash') return Response.json(ctx.flash.all());
    return Response.json({
      signedIn: ctx.user !== null,
      ...Object.fromEntries(['a', 'b'].map((key) => [key, ctx.session.get(key)])),
      title: (ctx.variables['errors'] as object | undefined) !== undefined,
    });
  };
  const served = await serve(portico, { pages });
  const home = async (agent: ReturnType<typeof served.agent>): Promise<Record<string, unknown>> =>
    (await (await agent.get('/')).json()) as Record<string, unknown>;
  return { ...served, portico, calls, home };
}

export const setCookies = (response: Response): string[] => response.headers.getSetCookie();
