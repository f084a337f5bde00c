import node from '@astrojs/node';
import { defineConfig } from 'astro/config';
import { portico } from 'portico/astro';

// Built-in pages of `@portico/site`, for which there are none here.
const paths = ['/logout', '/setpassword', '/verifyemail', '/forgot-password', '/.well-known/change-password'];

export default defineConfig({
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  integrations: [portico({ paths })],
  server: { port: Number(process.env.PORT || 3000) },
});
