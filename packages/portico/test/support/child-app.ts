import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ChildApp {
  readonly origin: string;
  close(): Promise<void>;
}

/**
 * Runs a file with Node until `close`, on Portico's source, in development. It must print `listening on`, and its port, once
 * it does.
 */
export async function startApp(folder: string, file: string): Promise<ChildApp> {
  const { PORTICO_SECRETS: _, DATA_DIR: __, ...environment } = process.env;
  const child = spawn(process.execPath, ['--conditions=portico-source', file], {
    cwd: folder,
    env: { ...environment, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const port = await new Promise<string>((resolve, reject) => {
    const read = (chunk: string): void => {
      output += chunk;
      const listening = /listening on (\d+)/.exec(output)?.[1];
      if (listening !== undefined) resolve(listening);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}:\n${output}`)));
  });
  return {
    origin: `http://localhost:${port}`,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
