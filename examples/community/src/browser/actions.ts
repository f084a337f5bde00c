import { createClient } from 'portico/client';
import type { server } from '../actions/index.ts';

/** The site's actions as typed functions. Only their types come from the server. */
export const actions = createClient<typeof server>();
