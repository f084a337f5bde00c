import { defineAction } from '../../../define/define-action.ts';
import type { ActionTree } from '../../../define/tree.ts';
import type { Journal } from '../journal.ts';
import { openUploads } from '../open-uploads.ts';
import { requiring } from '../requiring.ts';

/** Actions that are there for when they do it, and the one by which the suite asks what was done. */
export function timeActions(journal: Journal): ActionTree {
  const description = 'Of the conformance suite.';
  const access = 'public';
  return {
    /** Takes until its client goes away. */
    slow: defineAction({
      description,
      access,
      accept: 'any',
      input: requiring<{ id: string }>('id'),
      decode: { id: 'text' },
      handler: async ({ id }, ctx) => {
        const gone = new Promise<void>((resolve) => {
          if (ctx.signal.aborted) resolve();
          else ctx.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        journal.note(`slow:${id}`);
        await gone;
        journal.note(`gone:${id}`);
      },
    }),
    /** Goes on after its answer, until it is told to end. */
    later: defineAction({
      description,
      access,
      accept: 'any',
      input: requiring<{ id: string }>('id'),
      decode: { id: 'text' },
      handler: ({ id }, ctx) => {
        const told = journal.until(`end:${id}`, AbortSignal.timeout(5_000));
        ctx.after(told.then((was) => (was ? journal.note(`later:${id}`) : undefined)));
        return { answered: true };
      },
    }),
    /** For the suite itself: what happened, what will happen within five seconds, what to take for happened. */
    seen: defineAction({
      description,
      access,
      accept: 'json',
      handler: async (input) => {
        const { event, wait, note } = input as { event: string; wait?: boolean; note?: boolean };
        if (note) journal.note(event);
        const seen = wait ? await journal.until(event, AbortSignal.timeout(5_000)) : journal.has(event);
        return { seen, openUploads: await openUploads() };
      },
    }),
  };
}
