import { flatJson } from '../lib/flat-json.ts';
import { isInputError, type ActionError } from '../wire/error.ts';
import type { CallToolResult, Tool } from './tools.ts';

/** An answer that is a sentence, and the same for programs. */
export function textResult(text: string, structured?: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text }], ...(structured && { structuredContent: structured }) };
}

/** The data as plain JSON: as text for the model, structured for programs where it is an object. */
export function successResult(tool: Tool, data: unknown, redirect: string | undefined): CallToolResult {
  const further = redirect === undefined ? [] : [{ type: 'text' as const, text: `Go on at ${redirect}` }];
  let text: string;
  try {
    text = data === undefined ? 'Done.' : flatJson(data);
  } catch {
    return textResult('Done. What came of it cannot be written as JSON.');
  }
  const plain: unknown = data === undefined ? undefined : JSON.parse(text);
  const isObject = typeof plain === 'object' && plain !== null && !Array.isArray(plain);
  const structured = isObject ? plain : tool.listed.outputSchema ? {} : undefined;
  return {
    content: [{ type: 'text', text }, ...further],
    ...(structured && { structuredContent: structured as Record<string, unknown> }),
  };
}

/** An error of the action's: which one, where in the input, and what it says. Never its cause. */
export function errorResult(error: ActionError): CallToolResult {
  const { code, status, message, requestId } = error;
  const details: Record<string, unknown> = { code, status, message };
  const lines = [`${code}: ${message}`];
  if (isInputError(error)) {
    details['fields'] = error.fields;
    details['formErrors'] = error.formErrors;
    for (const text of error.formErrors) lines.push(`- ${text}`);
    for (const [field, texts] of Object.entries(error.fields as Record<string, string[]>))
      lines.push(`- ${field}: ${texts.join(' ')}`);
  }
  const data = plainData(error.data);
  if (data !== undefined) {
    details['data'] = data;
    lines.push(`Data: ${JSON.stringify(data)}`);
  }
  if (requestId !== undefined) {
    details['requestId'] = requestId;
    lines.push(`Request: ${requestId}`);
  }
  return {
    isError: true,
    content: [{ type: 'text', text: lines.join('\n') }],
    structuredContent: { error: details },
  };
}

// Data that JSON cannot carry is left out: the error itself matters more.
function plainData(data: unknown): unknown {
  if (data === undefined) return undefined;
  try {
    return JSON.parse(flatJson(data)) as unknown;
  } catch {
    return undefined;
  }
}
