/**
 * What projects install, exactly: the versions that Portico is tested with. A test holds them to the repository's own.
 */
export const versions = {
  '@astrojs/node': '11.1.6',
  '@hono/node-server': '2.1.8',
  '@portico/site': '0.1.0',
  '@types/node': '24.19.2',
  astro: '7.3.4',
  hono: '4.13.19',
  portico: '0.1.0',
  typescript: '7.0.2',
  vite: '8.3.8',
  vitest: '5.1.1',
  zod: '4.6.7',
};
