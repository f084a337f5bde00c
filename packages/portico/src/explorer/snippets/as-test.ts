import type { MountedAction } from '../../define/tree.ts';
import { asValue } from '../call/call-input.ts';
import type { CallOrder } from '../call/call-order.ts';
import { actionExpression } from '../../doctor/describe/action-expression.ts';
import { asCode } from './as-code.ts';

/** A call as a test with the client of `portico/testing`. */
export function asTest({ name, action }: MountedAction, order: CallOrder): string {
  const input = asValue(order, action.definition.plan);
  const expression = actionExpression(name);
  const given = input === undefined ? '' : `, ${asCode(input, 1)}`;
  if (order.door === 'server') {
    const options = order.user === undefined ? '' : `, { userId: ${JSON.stringify(order.user)} }`;
    const call = `portico.call(${expression}${given === '' && options !== '' ? ', undefined' : given}${options})`;
    return test(name, [], `const { data, error } = await ${call};`);
  }
  const visitor = order.visitor === 'same-origin' ? '' : `, { visitor: '${order.visitor}' }`;
  const client = [`const client = createTestClient(portico${visitor});`];
  if (order.user !== undefined)
    client.push(`// Sign in first: this call was made as user ${comment(order.user)}.`);
  switch (order.door) {
    case 'rpc':
      return test(name, client, `const { data, error } = await client.rpc(${expression}${given});`);
    case 'page':
      return test(name, client, `const answer = await client.form(${expression}${given});`);
    case 'path':
      return test(name, client, `const answer = await client.controller(${expression}${given});`);
    case 'path-json':
      return test(
        name,
        client,
        `const answer = await client.controller(${expression}${given || ', {}'}, { json: true });`,
      );
  }
}

function test(name: string, before: readonly string[], call: string): string {
  const expected = call.startsWith('const answer')
    ? 'expect(answer.status).toBe(200);'
    : 'expect(error).toBeUndefined();';
  const imports = before.length === 0 ? [] : ["import { createTestClient } from 'portico/testing';"];
  return [
    "import { expect, test } from 'vitest';",
    ...imports,
    '// Name your own file here: the one that exports `portico`.',
    "import { portico } from './app.ts';",
    '',
    `test(${JSON.stringify(name)}, async () => {`,
    ...[...before, call, expected].map((line) => `  ${line}`),
    '});',
  ].join('\n');
}

function comment(text: string): string {
  return text.replace(/\s+/g, ' ');
}
