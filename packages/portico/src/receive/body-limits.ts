import type { BodyOptions, Definition } from '../define/action.ts';
import { fileCapacity } from '../schema/file-capacity.ts';
import type { Exchange } from '../context/exchange.ts';

export type BodyLimits = Required<BodyOptions> & { readonly uploadDir?: string };

/** What an action's body may hold: its own limits over the app's, and no more files than its schema has room for. */
export function bodyLimitsOf(exchange: Exchange, definition: Definition): BodyLimits {
  const { body, bodyLimits, uploadDir } = exchange.settings;
  const known = bodyLimits.get(definition);
  if (known) return known;
  const own = { ...body, ...definition.body };
  const maxFiles = Math.min(own.maxFiles, fileCapacity(definition.plan));
  const limits = { ...own, maxFiles, ...(uploadDir !== undefined && { uploadDir }) };
  bodyLimits.set(definition, limits);
  return limits;
}
