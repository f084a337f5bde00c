import type { Settings } from '../context/settings.ts';
import { isActionError } from '../wire/error.ts';
import { findField } from '../http/body/find-field.ts';
import type { Incoming } from '../http/incoming.ts';
import { mediaType } from '../http/media-type.ts';
import { malformed, matchNamed, type Match } from './match-url.ts';
import type { Registry } from './registry.ts';

// The field that names the action stands in the first 64 KiB, or the form is the host's.
const PEEKED_BYTES = 65_536;

/** The action that a field of a posted form names. What was read stays in the body, for us or for the host. */
export function matchBody(
  settings: Settings,
  registry: Registry,
  incoming: Incoming,
): undefined | Promise<Match | undefined> {
  const { actionParam } = settings;
  if (actionParam === false || incoming.method !== 'POST') return undefined;
  const contentType = incoming.header('content-type');
  const type = mediaType(contentType);
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') return undefined;
  return peekAction(settings, registry, incoming, contentType ?? type, actionParam);
}

async function peekAction(
  settings: Settings,
  registry: Registry,
  incoming: Incoming,
  contentType: string,
  actionParam: string,
): Promise<Match | undefined> {
  let found: ReturnType<typeof findField> = { state: 'absent' };
  try {
    await incoming.body.peek(PEEKED_BYTES, (bytes, ended) => {
      found = findField(bytes, contentType, actionParam, ended);
      return found.state !== 'more';
    });
  } catch (error) {
    if (isActionError(error)) return malformed('page', 'controller', error.message);
    throw error;
  }
  // Assigned in the callback, which control flow analysis does not follow.
  const result = found as ReturnType<typeof findField>;
  if (result.state === 'found') return matchNamed(registry, result.value, 'page');
  if (result.state !== 'malformed') return undefined;
  return malformed(
    'page',
    'controller',
    `The parameter ${actionParam} must be one text; "${result.name.slice(0, 40)}" was sent.`,
  );
}
