import { createFinder } from './finder.ts';
import { spellingsOf } from './spellings.ts';

/** All that went over the wire and into the log of a site under test, to be searched for secrets at the end. */
export interface Transcript {
  record(exchange: {
    readonly method: string;
    readonly path: string;
    readonly body: RequestInit['body'] | undefined;
    readonly response: Response;
    readonly text: string;
  }): void;
  log(line: string): void;
  /** Something that must never be seen in an answer or a log. */
  secret(value: string): void;
  /** Something that only who sent it may get back: a code in a hidden field of the form it opened. */
  code(value: string): void;
  /** Where secrets were seen, one line each. */
  leaks(): string[];
}

interface Entry {
  readonly where: string;
  readonly sent: string;
  readonly got: string;
}

// Hashes have shapes of their own, whatever they were made of.
const HASHES = /\$argon2id\$|\$2[aby]\$\d\d\$/;

export function createTranscript(): Transcript {
  const entries: Entry[] = [];
  const logs: string[] = [];
  const secrets = new Set<string>();
  const codes = new Set<string>();

  return {
    record({ method, path, body, response, text }) {
      const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
      const isText = typeof body === 'string' || body instanceof URLSearchParams;
      const sent = `${decoded(path)} ${isText ? decoded(String(body)) : ''}`;
      entries.push({
        where: `${method} ${path.split('?')[0]} → ${response.status}`,
        sent,
        got: `${headers}\n${text}`,
      });
    },
    log: (line) => void logs.push(line),
    secret: (value) => void secrets.add(value),
    code: (value) => void codes.add(value),
    leaks() {
      const found: string[] = [];
      const spelled = [...secrets].map((secret) => [secret, spellingsOf(secret)] as const);
      const codesIn = createFinder(codes);
      const secretsIn = (text: string): string[] =>
        spelled.flatMap(([secret, spellings]) =>
          spellings.some((each) => text.includes(each)) ? [secret] : [],
        );
      for (const { where, sent, got } of entries) {
        if (HASHES.test(got)) found.push(`${where}: a password hash`);
        for (const secret of secretsIn(got)) found.push(`${where}: the secret ${secret}`);
        for (const code of codesIn(got)) if (!sent.includes(code)) found.push(`${where}: the code ${code}`);
      }
      for (const line of logs) {
        if (HASHES.test(line)) found.push(`log: a password hash in ${line}`);
        for (const secret of secretsIn(line)) found.push(`log: ${secret} in ${line}`);
        for (const code of codesIn(line)) found.push(`log: ${code} in ${line}`);
      }
      return found;
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
