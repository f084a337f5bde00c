import { kebabCase } from '../../lib/kebab.ts';
import type { Definition } from '../../define/action.ts';
import type { MountedAction } from '../../define/tree.ts';
import type { AppView } from '../app-view.ts';
import type { Finding } from '../finding.ts';

const DELETES = /^(?:delete|remove|destroy|purge|wipe|erase|drop|truncate)(?:-|$)/;
const SIGNS_IN =
  /^(?:log-?in|sign-?in|authenticate|two-factor|otp|verify-(?:code|otp|two-factor)|reset-password|set-password|forgot-password|send-password-reset(?:-email)?)(?:-|$)/;
const SIGNS_OUT = /^(?:log|sign)-?out$/;
const PASSWORD = /passw(?:or)?d|passcode|passphrase|^(?:pin|otp)$/i;
const LARGEST_TEXT = 16_777_216;

export function destructiveInPublic(view: AppView): Finding | undefined {
  const found = view.actions.filter(
    ({ action: { definition } }) => definition.destructive === true && isOpen(definition),
  );
  return about(found, {
    id: 'destructive-in-public',
    severity: found.some(({ action }) => action.definition.access === undefined) ? 'error' : 'warning',
    title: 'Anybody may run actions that say they are destructive.',
    risk: 'A stranger deletes or overwrites what cannot be had back.',
    fix: "access: 'user', or a function that says who may.",
  });
}

export function deletesInPublic(view: AppView): Finding | undefined {
  const found = view.actions.filter(
    ({ name, action: { definition } }) =>
      definition.destructive !== true &&
      definition.access === undefined &&
      isOpen(definition) &&
      DELETES.test(lastWord(name)),
  );
  return about(found, {
    id: 'deletes-in-public',
    severity: 'warning',
    title: 'Actions that delete by their name do not say who may call them.',
    risk: 'Without `access` an action is open to everybody.',
    fix: "access: 'user' or a function; access: 'public' says that it is meant so. `requireAccess: true` refuses to start without.",
  });
}

export function passwordsWithoutLimit(view: AppView): Finding | undefined {
  const found = view.actions.filter(
    ({ name, action }) => isUnlimited(action.definition) && takesPasswords(name, action.definition),
  );
  return about(found, {
    id: 'password-without-limit',
    severity: 'error',
    title: 'Passwords or codes can be tried without end.',
    risk: 'A program tries a list of stolen passwords, thousands in a minute (OWASP: credential stuffing).',
    fix: "limit: [{ points: 20, seconds: 900, by: 'ip' }, { points: 5, seconds: 900, by: (ctx, { email }) => email }].",
  });
}

export function writesWithoutLimit(view: AppView): Finding | undefined {
  const found = view.actions.filter(
    ({ name, action: { definition } }) =>
      isOpen(definition) &&
      isUnlimited(definition) &&
      // What answers GET as well says that it reads.
      !definition.methods.includes('GET') &&
      !takesPasswords(name, definition) &&
      !SIGNS_OUT.test(lastWord(name)),
  );
  return about(found, {
    id: 'public-without-limit',
    severity: 'warning',
    title: 'Anybody may call actions that write, as often as he likes.',
    risk: 'A program fills the database, or sends mails to others in your name.',
    fix: "limit: { points: 10, seconds: 60, by: 'ip' }. An action that only reads says method: 'GET'.",
  });
}

export function largeBodies({ actions, app }: AppView): Finding | undefined {
  const found = actions.filter(
    ({ action }) => (action.definition.body?.maxBytes ?? app.settings.body.maxBytes) > LARGEST_TEXT,
  );
  return about(found, {
    id: 'large-bodies',
    severity: 'warning',
    title: 'Actions take more than 16 MiB of text or JSON.',
    risk: 'All of it is held in memory: a few requests at once, from anybody, and the process ends.',
    fix: 'A smaller body.maxBytes. Files are not part of it: they go to disk, and have body.maxFileBytes.',
  });
}

function about(actions: readonly MountedAction[], finding: Finding): Finding | undefined {
  return actions.length === 0 ? undefined : { ...finding, actions: actions.map(({ name }) => name) };
}

/** Middleware of its own may guard it, in ways that cannot be seen from here. */
function isOpen({ access = 'public', use }: Definition): boolean {
  return access === 'public' && use.length === 0;
}

function isUnlimited({ limits, use }: Definition): boolean {
  return limits.length === 0 && use.length === 0;
}

function takesPasswords(name: string, { access = 'public', plan, methods }: Definition): boolean {
  if (!methods.includes('POST') || access !== 'public') return false;
  if (SIGNS_IN.test(lastWord(name))) return true;
  return plan.kind === 'object' && [...plan.properties.keys()].some((field) => PASSWORD.test(field));
}

/** `users.deleteUser` is `delete-user`. */
function lastWord(name: string): string {
  return kebabCase(name.split('.').at(-1) ?? '');
}
