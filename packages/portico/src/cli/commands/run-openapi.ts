import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openApi } from '../../openapi/document.ts';
import type { CliIo } from '../cli-io.ts';
import { textOf, type OptionValues } from '../command.ts';
import { loadApp } from '../load-app.ts';

export async function runOpenApi(values: OptionValues, io: CliIo): Promise<number> {
  const { portico, note } = await loadApp(io.folder, textOf(values, 'app'), { described: true });
  if (note !== undefined) io.printError(note);
  const own = packageIn(io.folder);
  const document = openApi(portico, {
    title: textOf(values, 'title') || own.name || 'Portico',
    version: textOf(values, 'api-version') || own.version || '0.0.0',
  });
  const text = JSON.stringify(document, null, 2);
  const out = textOf(values, 'out');
  if (out === undefined) io.print(text);
  else {
    writeFileSync(resolve(io.folder, out), `${text}\n`);
    io.printError(`${Object.keys(document.paths).length} paths in ${out}`);
  }
  return 0;
}

function packageIn(folder: string): { readonly name?: string; readonly version?: string } {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    return {
      ...(typeof name === 'string' && { name }),
      ...(typeof version === 'string' && { version }),
    };
  } catch {
    return {};
  }
}
