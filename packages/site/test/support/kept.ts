import type { Field } from '../../src/fields/field.ts';
import type { PostingOptions } from '../../src/fields/posting.ts';
import { posting } from './posting.ts';

/** What a field called “It” keeps of what was posted, or its sentence behind “refused: ”; of a noon in November unless told. */
export function kept(field: Field, posted: unknown, circumstances: Partial<PostingOptions> = {}): unknown {
  const now = Date.parse('2026-11-21T12:00:00Z');
  const result = field.normalize(posted, 'It', posting(null, { now, ...circumstances }));
  if ('value' in result) return result.value;
  return `refused: ${'error' in result ? result.error : JSON.stringify(result.errors)}`;
}
