import node from '@astrojs/node';
import preact from '@astrojs/preact';
import react from '@astrojs/react';
import { defineConfig } from 'astro/config';
import { portico } from 'portico/astro';

// Express stands beside this example in the repository, with an older `cookie` than Astro's own at the root.
const bundled = { resolve: { noExternal: ['cookie'] } };

// oxlint-disable-next-line import/no-default-export -- where Astro looks for it
export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  integrations: [
    portico(),
    preact({ include: ['**/components/preact/*'] }),
    react({ include: ['**/components/react/*'] }),
  ],
  vite: { environments: { ssr: bundled, prerender: bundled } },
  devToolbar: { enabled: false },
});
