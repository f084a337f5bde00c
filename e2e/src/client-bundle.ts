import { fileURLToPath } from 'node:url';

import { build, defaultClientConditions } from 'vite';

/** The fixture's browser script, bundled as an app would do it. */
export async function bundleClient(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions: ['portico-source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: fileURLToPath(new URL('enhance-entry.ts', import.meta.url)),
        output: { codeSplitting: false },
      },
    },
  });
  const [output] = [built].flat();
  if (!output || !('output' in output)) throw new Error('vite built nothing.');
  const [chunk] = output.output;
  return chunk.code;
}
