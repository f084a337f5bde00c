import { createFinder } from '../support/finder.ts';
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
  // Of all secrets only passwords hold characters that are written in several ways.
  const spelled = [...passwords].map((password) => [password, spellingsOf(password)] as const);
  const finders = {
    'the password': (text: string) =>
      spelled.flatMap(([password, spellings]) =>
        spellings.some((each) => text.includes(each)) ? [password] : [],
      ),
    'the password hash': createFinder(hashes),
    'the digest': createFinder(digests),
    'the session id': createFinder(sessionIds),
    'the code': createFinder(codes),
  };
  const look = (text: string, where: string, what: keyof typeof finders, sent = ''): void => {
    for (const value of finders[what](text))
      if (!sent.includes(value)) found.push(`${where}: ${what} ${value}`);
  };

  for (const { name, sent, headers, body } of exchanges) {
    const cookies = headers.filter(([header]) => header === 'set-cookie').map(([, value]) => value);
    const others = headers.filter(([header]) => header !== 'set-cookie').map(([, value]) => value);
    const text = [...others, ...cookies.map(decoded), body].join('\n');
    look(text, name, 'the password');
    look(text, name, 'the password hash');
    look(text, name, 'the digest');
    look([...others, body].join('\n'), name, 'the session id');
    if (!LINKS.test(name)) look(text, name, 'the code', sent);
  }
  for (const line of logs) {
    look(line, 'log', 'the password');
    look(line, 'log', 'the password hash');
    look(line, 'log', 'the digest');
    look(line, 'log', 'the session id');
    look(line, 'log', 'the code');
  }
  for (const [table, rows] of Object.entries(contents)) {
    const shown = rows.map(({ password_hash: _hash, ...row }) => row);
    const text = JSON.stringify(shown);
    look(text, table, 'the password');
    look(text, table, 'the password hash');
    look(text, table, 'the session id');
    look(text, table, 'the code');
  }
  return found;
}

/** A cookie as it is, and all that can be read out of its parts without a key. */
function decoded(cookie: string): string {
  const value = cookie.split(';')[0]?.split('=').slice(1).join('=') ?? '';
  const parts = value.split(/[.~:|]/).map((part) => Buffer.from(part, 'base64url').toString('latin1'));
  return [cookie, decodeURIComponent(value), ...parts].join('\n');
}
