import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Answer } from '../http/reply.ts';

/** The headers of an answer, cookies one by one. */
export function headerEntries({ headers }: Answer): Array<[name: string, value: string]> {
  if (!Array.isArray(headers)) return [...headers];
  const entries: Array<[string, string]> = [];
  for (let at = 0; at < headers.length; at += 2) entries.push([headers[at] ?? '', headers[at + 1] ?? '']);
  return entries;
}

/**
 * What a response has to carry that has headers already, from middleware before us: its cookies stay beside ours, `Vary`
 * grows, and any other header is ours.
 */
export function mergeHeaders(present: OutgoingHttpHeaders, answer: Answer): Map<string, OutgoingHttpHeader> {
  const merged = new Map<string, OutgoingHttpHeader>();
  for (const [name, value] of headerEntries(answer)) {
    const key = name.toLowerCase();
    const before = merged.get(key) ?? present[key];
    if (key === 'set-cookie') merged.set(key, withLine(before, value));
    else if (key === 'vary') merged.set(key, withTokens(before, value));
    else merged.set(key, value);
  }
  return merged;
}

/** Puts the head of an answer on a response: what `setHeader` takes, so that middleware that listens for the head sees it. */
export function applyHead(answer: Answer, response: ServerResponse): void {
  response.statusCode = answer.status;
  if (answer instanceof Response && answer.statusText !== '') response.statusMessage = answer.statusText;
  for (const [name, value] of mergeHeaders(response.getHeaders(), answer)) response.setHeader(name, value);
}

/** Cookies of which each is a line of its own. The page again has those of middleware that ran before, too. */
function withLine(before: OutgoingHttpHeader | undefined, line: string): string[] {
  const lines = before === undefined ? [] : Array.isArray(before) ? before : [String(before)];
  return lines.includes(line) ? [...lines] : [...lines, line];
}

function withTokens(before: OutgoingHttpHeader | undefined, more: string): string {
  if (before === undefined) return more;
  const tokens = String(before).split(/\s*,\s*/);
  const known = new Set(tokens.map((token) => token.toLowerCase()));
  return [...tokens, ...more.split(/\s*,\s*/).filter((token) => !known.has(token.toLowerCase()))].join(', ');
}
