import type { Agent, Body, Init } from '../support/agent.ts';

export interface Verdict {
  readonly status: number;
  /** `undefined` where the answer has no body. */
  readonly body: Record<string, unknown> | undefined;
  readonly headers: Headers;
}

/** Asks what would be refused, as a live form does. `only`: the value of `Precognition-Validate-Only`. */
export async function check(
  agent: Agent,
  path: string,
  body: Body,
  only?: string,
  init: Init = {},
): Promise<Verdict> {
  const headers = new Headers(init.headers);
  headers.set('precognition', 'true');
  if (only !== undefined) headers.set('precognition-validate-only', only);
  const response = await agent.post(path, body, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
    headers: response.headers,
  };
}
