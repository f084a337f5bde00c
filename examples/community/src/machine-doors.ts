import type { Plugin } from 'portico';
import { mcp } from 'portico/mcp';
import { openApiEndpoint } from 'portico/openapi';

/** What a program may do here in the name of a visitor or member. Who looks after others’ accounts does so on the pages. */
const PUBLIC_API: ReadonlySet<string> = new Set([
  'search',
  'newsletter',
  'likePost',
  'createProduct',
  'posts.comment',
  'gallery.upload',
  'contactForm.send',
  'entries.saveEntry',
  'entries.deleteEntry',
  'entries.duplicate',
  'entries.getDrafts',
  'entries.getRevision',
  'entries.getRevisions',
  'entries.revertToRevision',
  'users.sessionInfo',
  'users.login',
  'users.logout',
  'users.saveUser',
  'users.saveAddress',
  'users.deleteAddress',
  'addresses.countries',
  'addresses.format',
  'app.healthCheck',
]);

/** `/openapi.json`: the site's public API, for programs that are written for it. */
export function publicApi(): Plugin {
  return openApiEndpoint({
    title: 'Saltglaze',
    version: '1.0.0',
    description: 'The journal, the shelf and the gallery of a shared pottery studio.',
    include: (name) => PUBLIC_API.has(name),
  });
}

/**
 * `/mcp`: what assistants may look up, which is what every guest may. Nothing that writes is among it: an assistant comes
 * without a session, and a member would have to hand it more than the right to read.
 */
export function assistants(): Plugin {
  return mcp({
    name: 'saltglaze',
    instructions: 'Saltglaze is a shared pottery studio. Search its journal and its shelf before you answer.',
    include: (name) => name === 'search',
    confirm: false,
  });
}
