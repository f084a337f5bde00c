import type { Definition } from '../define/action.ts';
import type { Match } from './match-url.ts';
import { ActionError } from '../wire/error.ts';

const READING = ['GET', 'HEAD'];

/** 405 with `Allow` (RFC 9110 section 15.5.6) for a method the action does not have at this door. */
export function methodRefusal(definition: Definition, method: string, match: Match): ActionError | undefined {
  if (method === 'POST' && takesPost(definition, match)) return undefined;
  const allowed = allowedMethods(definition, match);
  if (allowed.includes(method)) return undefined;
  // A page may be read, whatever the action does that is posted to it.
  const readsOnly = allowed.length === 0;
  const Allow = readsOnly ? READING.join(', ') : allowed.join(', ');
  const takes = readsOnly ? `${Allow}, at its own path and not as a form on a page` : Allow;
  return new ActionError({
    code: 'METHOD_NOT_ALLOWED',
    message: `${method} is not a method of this action. It takes ${takes}.`,
    headers: { Allow },
  });
}

function allowedMethods(definition: Definition, match: Match): string[] {
  const { methods } = definition;
  // The page door is for forms that post.
  const reads = methods.includes('GET') && match.style !== 'page';
  return [...(reads ? READING : []), ...(takesPost(definition, match) ? ['POST'] : [])];
}

/** A typed client knows types and no verbs, so the rpc door takes POST for every action. */
function takesPost({ methods }: Definition, { style }: Match): boolean {
  return style === 'rpc' || methods.includes('POST');
}
