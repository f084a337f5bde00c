import type { ActionContext, ActionMiddleware } from '../define/context.ts';

/** Runs `handler` inside middleware, outermost first. */
export function runMiddleware(
  use: readonly ActionMiddleware[],
  context: ActionContext,
  handler: () => Promise<unknown>,
): Promise<unknown> {
  let furthest = -1;
  async function step(index: number): Promise<unknown> {
    if (index <= furthest)
      throw new Error('A middleware called next() twice: the handler would have run twice.');
    furthest = index;
    const middleware = use[index];
    return middleware ? middleware(context, () => step(index + 1)) : handler();
  }
  return step(0);
}
