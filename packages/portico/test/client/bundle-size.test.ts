import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';

interface Chunk {
  readonly bytes: number;
  readonly code: string;
  readonly isEntry: boolean;
  readonly modules: readonly string[];
}

const SOURCE = fileURLToPath(new URL('../../src/client.ts', import.meta.url));
const ENTRY = fileURLToPath(new URL('./entry.js', import.meta.url));

/** What a browser loads of an app with this code: minified, sizes gzipped. */
async function bundle(code: string): Promise<Chunk[]> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { alias: { 'portico/client': SOURCE } },
    build: {
      write: false,
      lib: { entry: ENTRY, formats: ['es'] },
      // For libraries Vite leaves the white space in.
      rolldownOptions: { output: { minify: true } },
    },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) => (id === ENTRY ? code : undefined),
      },
    ],
  });
  const [result] = [output].flat();
  if (result === undefined || !('output' in result)) throw new Error('Vite built nothing.');
  return result.output
    .filter((file) => file.type === 'chunk')
    .map((chunk) => ({
      bytes: gzipSync(chunk.code, { level: 9 }).length,
      code: chunk.code,
      isEntry: chunk.isEntry,
      modules: chunk.moduleIds,
    }));
}

const ONE_CALL = `
  import { createClient, isInputError } from 'portico/client';
  const { data, error } = await createClient().newsletter({ email: 'a@b.test' });
  console.log(data, isInputError(error));
`;

describe('what a browser loads', async () => {
  const call = await bundle(ONE_CALL);
  const both = await bundle(`import { enhance } from 'portico/client'; enhance(); ${ONE_CALL}`);
  const live = await bundle(
    `import { enhance, live } from 'portico/client'; enhance(document, { live }); ${ONE_CALL}`,
  );
  const entryOf = (chunks: readonly Chunk[]): Chunk => chunks.find((chunk) => chunk.isEntry)!;

  it('is 2 KiB for calls', () => {
    expect(entryOf(call).bytes).toBeGreaterThan(1000);
    expect(entryOf(call).bytes).toBeLessThanOrEqual(2048);
  });

  it('is 3 KiB more for forms', () => {
    expect(entryOf(both).bytes - entryOf(call).bytes).toBeGreaterThan(500);
    expect(entryOf(both).bytes - entryOf(call).bytes).toBeLessThanOrEqual(3072);
  });

  it('is 2 KiB more for forms that are checked while they are filled in', () => {
    expect(entryOf(live).bytes - entryOf(both).bytes).toBeGreaterThan(500);
    expect(entryOf(live).bytes - entryOf(both).bytes).toBeLessThanOrEqual(2048);
  });

  it('is nothing of devalue, of the encoding of forms, of live validation and of the table of codes before they are needed', () => {
    const { code, modules } = entryOf(both);
    expect(modules.filter((id) => /devalue|encode-form|codes|live-form|node_modules/.test(id))).toEqual([]);
    expect(code).not.toContain('PAYMENT_REQUIRED');
    const lazy = both.filter((chunk) => !chunk.isEntry);
    const chunkOf = (name: RegExp): Chunk[] =>
      lazy.filter((chunk) => chunk.modules.some((id) => name.test(id)));
    expect(chunkOf(/node_modules\/devalue/).length).toBe(1);
    expect(chunkOf(/encode-form/).length).toBe(1);
    expect(lazy.length).toBe(2);
  });

  it('is nothing of the server', () => {
    const folders = both.flatMap((chunk) => chunk.modules).map((id) => /\/src\/(.*)\//.exec(id)?.[1]);
    expect(
      [...new Set(folders.filter((folder) => folder !== undefined && !folder.startsWith('..')))].sort(),
    ).toEqual(['client', 'wire']);
  });
});
