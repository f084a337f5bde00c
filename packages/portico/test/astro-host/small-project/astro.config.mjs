import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { portico } from 'portico/astro';

/** What plugins of others do: a module that is no file. */
const menu = {
  name: 'menu',
  resolveId: (id) => (id === 'virtual:menu' ? '\0virtual:menu' : undefined),
  load: (id) => (id === '\0virtual:menu' ? "export const greeting = 'Enjoy your meal.';" : undefined),
};

// Astro's own `cookie` is a newer one than that at the root of this repository.
const bundled = { resolve: { noExternal: ['cookie'] } };

// oxlint-disable-next-line import/no-default-export -- where Astro looks for it
export default defineConfig({
  output: 'server',
  base: '/shop',
  trailingSlash: 'always',
  adapter: node({ mode: 'standalone' }),
  integrations: [portico({ paths: ['/order'] })],
  devToolbar: { enabled: false },
  vite: { plugins: [menu], environments: { ssr: bundled, prerender: bundled } },
});
