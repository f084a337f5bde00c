import type { EntryRecord } from '../entries/query/entry-record.ts';
import type { FilledField } from './field.ts';
import { relationField, type RelationOptions } from './relation-field.ts';

export interface EntriesOptions extends RelationOptions {
  /** Handles of the sections they are of. Default: any. */
  readonly sections?: readonly string[];
}

export interface EntriesField extends FilledField<readonly number[], readonly EntryRecord[]> {
  readonly type: 'entries';
  readonly options: EntriesOptions;
}

/** Other entries, by their ids. */
export function entriesField(options: EntriesOptions = {}): EntriesField {
  const type = 'entries';
  const { sections } = options;
  return {
    ...relationField<EntriesOptions, EntryRecord>(options, { type, kind: 'entry', allowed: { sections } }),
    type,
  };
}
