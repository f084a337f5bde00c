import { spellingsOf } from '../support/spellings.ts';
import type { Contents } from './contents.ts';

/** One request and its answer. */
export interface Exchange {
  readonly name: string;
  /** Path and body, decoded. */
  readonly sent: string;
  /** Headers and body. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

export interface Secrets {
  /** What people typed as a password. */
  readonly passwords: ReadonlySet<string>;
  readonly passwordHashes: ReadonlySet<string>;
  /** Codes and tokens of links. */
  readonly codes: ReadonlySet<string>;
  readonly sessionIds: ReadonlySet<string>;
  /** What stands in the database in the place of codes and session ids. */
  readonly digests: ReadonlySet<string>;
}

export interface Traces {
  readonly exchanges: readonly Exchange[];
  readonly logs: readonly string[];
  readonly contents: Contents;
}

// Answers that hand out a link: to an administrator, who asked for it.
const LINKS = /^\S+ users\/get-(?:password-reset|impersonation)-url$/;

/** Where something was seen that nobody should see there. */
export function leaksIn({ exchanges, logs, contents }: Traces, secrets: Secrets): string[] {
  const { passwords, passwordHashes, codes, sessionIds, digests } = secrets;
  const hashes = new Set([...passwordHashes].flatMap((hash) => [hash, ...hash.split('$').slice(-2)]));
  const found: string[] = [];
  const spelled = new Map([...passwords].map((password) => [password, spellingsOf(password)]));
  const look = (text: string, where: string, what: string, values: Iterable<string>): void => {
    // Of all secrets only passwords hold characters that are written in several ways.
    const isThere = (value: string): boolean =>
      (spelled.get(value) ?? [value]).some((each) => text.includes(each));
    for (const value of values) if (isThere(value)) found.push(`${where}: ${what} ${value}`);
  };

  for (const { name, sent, headers, body } of exchanges) {
    const cookies = headers.filter(([header]) => header === 'set-cookie').map(([, value]) => value);
    const others = headers.filter(([header]) => header !== 'set-cookie').map(([, value]) => value);
    const text = [...others, ...cookies.map(decoded), body].join('\n');
    look(text, name, 'the password', passwords);
    look(text, name, 'the password hash', hashes);
    look(text, name, 'the digest', digests);
    look([...others, body].join('\n'), name, 'the session id', sessionIds);
    if (!LINKS.test(name))
      look(
        text,
        name,
        'the code',
        [...codes].filter((code) => !sent.includes(code)),
      );
  }
  for (const line of logs) {
    look(line, 'log', 'the password', passwords);
    look(line, 'log', 'the password hash', hashes);
    look(line, 'log', 'the digest', digests);
    look(line, 'log', 'the session id', sessionIds);
    look(line, 'log', 'the code', codes);
  }
  for (const [table, rows] of Object.entries(contents)) {
    const shown = rows.map(({ password_hash: _hash, ...row }) => row);
    const text = JSON.stringify(shown);
    look(text, table, 'the password', passwords);
    look(text, table, 'the password hash', hashes);
    look(text, table, 'the session id', sessionIds);
    look(text, table, 'the code', codes);
  }
  return found;
}

/** A cookie as it is, and all that can be read out of its parts without a key. */
function decoded(cookie: string): string {
  const value = cookie.split(';')[0]?.split('=').slice(1).join('=') ?? '';
  const parts = value.split(/[.~:|]/).map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  return [cookie, decodeURIComponent(value), ...parts].join('\n');
}
