import type { Sending } from '../call/sending.ts';

/** A call as a line for bash and zsh, to be pasted as it is; files by their names, in the folder where it is run. */
export function asCurl(origin: string, { method, target, accept, idempotencyKey, body }: Sending): string {
  const parts = ['curl -sS', shellWord(origin + target)];
  if (accept !== undefined) parts.push(`-H ${shellWord(`accept: ${accept}`)}`);
  if (idempotencyKey !== undefined) parts.push(`-H ${shellWord(`idempotency-key: ${idempotencyKey}`)}`);
  if (method === 'POST' && body.kind === 'none') parts.push('-X POST');
  if (body.kind === 'json') {
    parts.push(`-H ${shellWord('content-type: application/json')}`, `--data-raw ${shellWord(body.text)}`);
  }
  if (body.kind === 'form') {
    const { entries, multipart } = body;
    if (entries.length === 0) parts.push(`--data-raw ''`);
    for (const [name, value] of entries) {
      if (typeof value !== 'string') parts.push(`-F ${shellWord(`${name}=@"${quotedFile(value.name)}"`)}`);
      // Of `-F` a value that begins with @ or < would be read from a file.
      else if (multipart) parts.push(`--form-string ${shellWord(`${name}=${value}`)}`);
      else parts.push(`--data-urlencode ${shellWord(`${encodeURIComponent(name)}=${value}`)}`);
    }
  }
  return parts.join(' \\\n  ');
}

/** A word that the shell takes literally: nothing is special between single quotes but they themselves (POSIX 2.2.2). */
function shellWord(text: string): string {
  // No argument of a program can hold a NUL.
  const safe = text.replaceAll('\0', '');
  return /^[\w./:?=&%@+,-]+$/.test(safe) && !/[?&]/.test(safe) ? safe : `'${safe.replaceAll("'", `'\\''`)}'`;
}

// curl's own quoting of a file's name, see the manual of -F.
function quotedFile(name: string): string {
  return name.replace(/["\\]/g, '\\$&');
}
