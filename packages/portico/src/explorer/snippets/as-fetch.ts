import type { Sending } from '../call/sending.ts';
import { asCode } from './as-code.ts';

/** A call as `fetch` in a script of the site, or of a program elsewhere. */
export function asFetch(origin: string, { method, target, accept, idempotencyKey, body }: Sending): string {
  const headers: Record<string, string> = accept === undefined ? {} : { accept };
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const lines: string[] = [];
  const init = [`  method: '${method}',`];
  if (body.kind === 'json') {
    headers['content-type'] = 'application/json';
    init.push(`  body: ${jsonLiteral(body.text)},`);
  } else if (body.kind === 'form') {
    lines.push(`const body = new ${body.multipart ? 'FormData' : 'URLSearchParams'}();`);
    for (const [name, value] of body.entries)
      lines.push(`body.append(${JSON.stringify(name)}, ${asCode(value)});`);
    init.push('  body,');
  }
  init.splice(1, 0, `  headers: ${asCode(headers, 1)},`);
  return [
    ...lines,
    `const response = await fetch(${JSON.stringify(origin + target)}, {`,
    ...init,
    '});',
    'console.log(response.status, await response.text());',
  ].join('\n');
}

function jsonLiteral(text: string): string {
  return `JSON.stringify(${asCode(JSON.parse(text), 1)})`;
}
