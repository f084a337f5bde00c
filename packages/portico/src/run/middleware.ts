import type { ActionContext, ActionMiddleware } from '../define/context.ts';

/** Runs `handler` inside middleware, outermost first. */
export function runMiddleware(
  use: readonly ActionMiddleware[],
  context: ActionContext,
  handler: () => Promise<unknown>,
): Promise<unknown> {
  let furthest = -1;
  let inner: unknown;
  async function step(index: number): Promise<unknown> {
    if (index <= furthest)
      throw new Error('A middleware called next() twice: the handler would have run twice.');
    furthest = index;
    const middleware = use[index];
    if (!middleware) return (inner = await handler());
    const answer = await middleware(context, () => step(index + 1));
    // Awaiting next() without returning it is a habit from Koa and Hono.
    return answer === undefined ? inner : (inner = answer);
  }
  return step(0);
}
