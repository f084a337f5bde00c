import type { html } from 'hono/html';

/** What a component gives back, and what may stand in a template without being escaped again. */
export type Markup = ReturnType<typeof html> | string;
