import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

// `portico/client` and what it imports are modules that browsers load as they are, so nothing is bundled.
const client = createRequire(import.meta.url).resolve('portico/client');
const devalue = createRequire(client).resolve('devalue');

const folders = {
  browser: join(import.meta.dirname, 'browser'),
  styles: join(import.meta.dirname, 'styles'),
  portico: dirname(client),
  devalue: dirname(devalue),
};

/** Changes with the files, so browsers may keep them for good. */
const release = hashOf([
  join(folders.browser, 'site.js'),
  join(folders.styles, 'site.css'),
  join(folders.portico, '../package.json'),
  join(folders.devalue, '../package.json'),
]);

const at = `/assets/${release}`;
export const script = `${at}/browser/site.js`;
export const stylesheet = `${at}/styles/site.css`;
export const importMap = JSON.stringify({
  imports: { 'portico/client': `${at}/portico/client.js`, devalue: `${at}/devalue/index.js` },
});

export const assets = new Hono();
for (const [name, root] of Object.entries(folders)) {
  assets.use(
    `/assets/:release/${name}/*`,
    serveStatic({
      root,
      rewriteRequestPath: (path) => path.slice(path.indexOf(`/${name}/`) + name.length + 1),
      onFound(_path, c) {
        const isKept = process.env.NODE_ENV === 'production' && c.req.param('release') === release;
        c.header('cache-control', isKept ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('base64url').slice(0, 12);
}
