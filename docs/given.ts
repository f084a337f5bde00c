/**
 * What the samples of the documents take for granted: names that they use without importing or declaring them.
 * Only scripts/check-docs-code.mjs reads this file.
 */
import { createPortico, defineAction } from 'portico';
import type * as Portico from 'portico';
import type * as Html from 'portico/html';
import { z } from 'zod';
import type * as Zod from 'zod';

interface Post {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
}

interface Database {
  readonly posts: {
    find(id: string): Promise<Post | undefined>;
    search(text: string): Promise<readonly Post[]>;
    insert(post: { title: string }): Promise<Post>;
  };
  readonly subscribers: { add(email: string): Promise<{ id: string; since: Date | undefined }> };
  readonly users: { find(id: unknown): Promise<{ id: string; name: string } | undefined> };
}

declare module 'portico' {
  interface PorticoUser {
    id: string;
    name: string;
  }
}

const server = {
  newsletter: defineAction({
    accept: 'any',
    input: z.object({ email: z.email(), terms: z.boolean() }),
    errors: { TAKEN: { status: 409, data: z.object({ since: z.date() }) } },
    handler: ({ email }) => ({ subscription: { id: email } }),
  }),
  logout: defineAction({ accept: 'any', handler: () => undefined }),
  products: {
    save: defineAction({
      accept: 'any',
      input: z.object({ name: z.string() }),
      handler: (product) => ({ product: { id: 5, ...product } }),
    }),
    search: defineAction({
      method: 'GET',
      input: z.object({ q: z.string() }),
      handler: ({ q }) => ({ q, hits: 0 }),
    }),
  },
  invoices: {
    save: defineAction({
      accept: 'form',
      input: z.object({
        title: z.string(),
        items: z.array(z.object({ name: z.string(), qty: z.number() })),
        scan: z.file().optional(),
      }),
      handler: () => undefined,
    }),
  },
};

const portico = createPortico({ actions: server });

type Given = { server: typeof server; portico: typeof portico };

declare global {
  const server: Given['server'];
  const portico: Given['portico'];
  const ctx: Portico.PorticoContext;
  const request: Request;
  const db: Database;
  const z: typeof Zod.z;
  const defineAction: typeof Portico.defineAction;
  const createPortico: typeof Portico.createPortico;
  const getActionContext: typeof Portico.getActionContext;
  const form: typeof Html.form;
  const html: typeof Html.html;
  const renderErrors: typeof Html.renderErrors;
  const renderInput: typeof Html.renderInput;
  type PorticoContext = Portico.PorticoContext;
}
