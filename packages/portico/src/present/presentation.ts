import type { Answer } from '../http/reply.ts';

/** How a door answers: at once, or by having the host render a page, which is told what came of the action. */
export type Presentation =
  | { readonly kind: 'answer'; readonly answer: Answer | Promise<Answer> }
  | {
      readonly kind: 'page';
      /** Another page of the site than the one that was asked for. */
      readonly path: string | undefined;
      /** The status of a page that sets none itself. */
      readonly status: number;
      /** What to answer where there is no such page. */
      readonly otherwise: () => Answer | Promise<Answer>;
    };

export function answered(answer: Answer | Promise<Answer>): Presentation {
  return { kind: 'answer', answer };
}
