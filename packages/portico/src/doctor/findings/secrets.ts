import type { Finding } from '../finding.ts';
import type { AppView } from '../app-view.ts';

const MAKE_ONE =
  'Make one with `openssl rand -base64 32` and set PORTICO_SECRETS, or createPortico({ secrets: [newest, older] }).';

export function noSecret(view: AppView): Finding | undefined {
  if (!view.isProduction || secretsOf(view).length > 0) return undefined;
  return {
    id: 'no-secret',
    severity: 'error',
    title: 'There is no secret to sign and encrypt with.',
    risk: 'In production the app refuses to start; with `dev: true` each machine makes one of its own, and nobody stays signed in.',
    fix: MAKE_ONE,
  };
}

/** Long enough, and yet to be guessed. */
export function weakSecret(view: AppView): Finding | undefined {
  const weak = secretsOf(view)
    .map(weaknessOf)
    .find((weakness) => weakness !== undefined);
  if (weak === undefined) return undefined;
  return {
    id: 'weak-secret',
    severity: view.isProduction ? 'error' : 'note',
    title: `A secret can be guessed: it ${weak}.`,
    risk: 'Who guesses it signs in as anybody, by a session cookie of his own making.',
    fix: `${MAKE_ONE} Sessions and signed links of the old one end when it is left out.`,
  };
}

export function keptSecret(view: AppView): Finding | undefined {
  if (view.isProduction || secretsOf(view).length > 0) return undefined;
  return {
    id: 'made-secret',
    severity: 'note',
    title: 'The secret is one that was made for development.',
    risk: 'Production refuses to start without one of its own.',
    fix: MAKE_ONE,
  };
}

function secretsOf({ options, surroundings }: AppView): readonly string[] {
  const given = options.secrets ?? surroundings.secrets?.split(',') ?? [];
  return given.map((secret) => secret.trim()).filter((secret) => secret !== '');
}

const WORDS = /secret|passw(?:or)?d|change.?me|example|default|insecure|portico|qwerty|12345|abcdef/i;
const FEWEST_CHARACTERS = 10;

/** Why a secret can be guessed; `undefined` where nothing speaks for it. Random hex has 16 characters to choose from. */
export function weaknessOf(secret: string): string | undefined {
  if (/^(.{1,16}?)\1+$/s.test(secret)) return 'repeats itself';
  if (new Set(secret).size < FEWEST_CHARACTERS)
    return `uses ${new Set(secret).size} different characters only`;
  if (/^\p{L}+(?:[\s_-]+\p{L}+){2,}\W*$/u.test(secret)) return 'is made of words';
  return WORDS.test(secret) ? 'has a word in it that guessers try first' : undefined;
}
