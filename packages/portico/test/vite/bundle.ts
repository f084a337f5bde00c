import { join } from 'node:path';
import { build, type BuildOptions, type Rolldown } from 'vite';
import type { PorticoViteOptions } from '../../src/vite.ts';
import type { TestProject } from './project.ts';

/** Builds `src/main.ts` of a project, for browsers unless told otherwise. */
export async function bundle(
  { root, config }: TestProject,
  more: BuildOptions = {},
  options: PorticoViteOptions = {},
): Promise<Rolldown.OutputChunk[]> {
  const built = await build({
    ...config(options),
    build: {
      outDir: join(root, 'dist'),
      minify: true,
      rolldownOptions: { input: join(root, 'src/main.ts'), preserveEntrySignatures: 'strict' },
      ...more,
    },
  });
  const [result] = [built].flat();
  if (!result || !('output' in result)) throw new Error('Vite built nothing.');
  return result.output.filter((file) => file.type === 'chunk');
}
