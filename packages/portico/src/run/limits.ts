import { createHash } from 'node:crypto';
import { networkOf } from '../lib/network.ts';
import type { LimitOptions } from '../define/action.ts';
import { ActionError } from '../wire/error.ts';
import type { Invocation } from './invocation.ts';

/** How often a form may be checked for each time that it may be sent. */
const CHECKS_PER_CALL = 10;

/** Counts the call against the limits by address, before the body is read. Throws 429 with `Retry-After`. */
export async function countByAddress(invocation: Invocation, limits: readonly LimitOptions[]): Promise<void> {
  for (const limit of limits) {
    if (limit.by === 'ip' && isCounted(invocation, limit))
      await count(invocation, limit, `ip:${networkOf(invocation.context.clientAddress ?? 'unknown')}`);
  }
}

/** Counts the call against the limits that depend on its input, after validation. Throws 429 with `Retry-After`. */
export async function countByInput(
  invocation: Invocation,
  limits: readonly LimitOptions[],
  input: unknown,
): Promise<void> {
  for (const limit of limits) {
    if (typeof limit.by !== 'function' || !isCounted(invocation, limit)) continue;
    const key = await limit.by(invocation.context, input);
    if (key !== undefined) await count(invocation, limit, shortened(`key:${key}`));
  }
}

function isCounted({ context }: Invocation, limit: LimitOptions): boolean {
  return limit.when === undefined || limit.when(context);
}

// What a visitor typed may be a megabyte, and a store holds many keys.
function shortened(key: string): string {
  return key.length <= 256 ? key : `hash:${createHash('sha256').update(key).digest('base64url')}`;
}

async function count(invocation: Invocation, limit: LimitOptions, key: string): Promise<void> {
  if (!invocation.counter) return;
  const name = `${invocation.name}:${limit.points}/${limit.seconds}:${key}`;
  // A form that is checked field by field must still be sent, so asking counts apart from doing.
  const [window, points] =
    invocation.validateOnly === undefined
      ? [name, limit.points]
      : [`precognition:${name}`, limit.points * CHECKS_PER_CALL];
  const { allowed, retryAfter } = await invocation.counter.consume(window, points, limit.seconds);
  if (allowed) return;
  const seconds = Math.max(1, Math.ceil(retryAfter));
  throw new ActionError({
    code: 'TOO_MANY_REQUESTS',
    message: `Too many attempts. Try again in ${waitText(seconds)}.`,
    data: { retryAfter: seconds },
    headers: { 'Retry-After': String(seconds) },
  });
}

function waitText(seconds: number): string {
  if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}
