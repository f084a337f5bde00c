import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Portico } from 'portico';
import { toNodeListener, type PageHandler } from 'portico/node';
import { createAgent, type Agent, type AgentOptions } from './agent.ts';

export interface Served {
  /** `http://localhost:PORT`, without a slash at the end. */
  readonly url: string;
  agent(options?: AgentOptions): Agent;
  close(): Promise<void>;
}

/**
 * Serves an app over `node:http` on a free port. Closed when the test ends; a caller outside of a test (`beforeAll`)
 * closes it itself.
 */
export async function serve(
  portico: Portico<unknown>,
  options: { pages?: PageHandler } = {},
): Promise<Served> {
  const server = createServer(toNodeListener(portico, options));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  closeWithTest(close);
  return { url, close, agent: (agentOptions) => createAgent(url, agentOptions) };
}

function closeWithTest(close: () => Promise<void>): void {
  try {
    onTestFinished(close);
  } catch {
    // Outside of a test there is no test to end with.
  }
}
