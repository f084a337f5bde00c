import { createPortico } from 'portico';
import { explorer } from 'portico/explorer';
import { signGuestBook } from './actions/sign-guest-book.ts';
import { environment } from './environment.ts';

export const server = { signGuestBook };

export const portico = createPortico({
  actions: server,
  plugins: [explorer()], // at /_portico, in development
  ...environment,
});
