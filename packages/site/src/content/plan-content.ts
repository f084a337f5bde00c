import { renamesOf, type Rename } from './content-renames.ts';
import type { PlannedStep } from './content-upkeep.ts';
import {
  indexKey,
  type ContentSchema,
  type FieldIndex,
  type InitialValue,
  type SectionSchema,
} from './schema.ts';

/** What has left the code, with all that stands in it. */
type Removed =
  | { readonly what: 'section'; readonly section: string }
  | { readonly what: 'type'; readonly section: string; readonly type: string }
  | { readonly what: 'field'; readonly section: string; readonly type: string; readonly field: string };

type Change =
  | Rename
  | {
      readonly kind: 'fill-field';
      readonly section: string;
      readonly type: string;
      readonly field: string;
      readonly initial: InitialValue;
    }
  | { readonly kind: 'add-single'; readonly section: string }
  | { readonly kind: 'create-index' | 'drop-index' | 'keep-index'; readonly index: FieldIndex }
  | { readonly kind: 'keep' | 'drop'; readonly removed: Removed }
  | { readonly kind: 'keep-site'; readonly section: string; readonly site: string }
  | { readonly kind: 'change-kind'; readonly section: string; readonly type: string; readonly field: string }
  | { readonly kind: 'change-section-type'; readonly section: string };

/** One step from the content that the database knows to the content that the code declares. */
export type ContentStep = Change & {
  /** For people. */
  readonly text: string;
  /** Whether something is lost for good. */
  readonly destroys: boolean;
};

const NOTHING: ContentSchema = { sections: [], indexes: [] };

/**
 * The steps from `before` (nothing: the first time) to `after`, in their order. Without `drop` nothing is taken away: what
 * has left the code is told as `keep` and stays.
 */
export function planContent(
  before: ContentSchema = NOTHING,
  after: ContentSchema,
  drop = false,
): readonly ContentStep[] {
  const { renames, renamed } = renamesOf(before, after);
  return [
    ...renames.map(renameStep),
    ...changeSteps(renamed, after),
    ...fillSteps(renamed, after),
    ...missing(after.indexes, renamed.indexes).map((index) =>
      step({ kind: 'create-index', index }, `Index ${indexName(index)}.`),
    ),
    ...after.sections.filter((section) => needsEntry(section, renamed)).map(singleStep),
    ...removedFrom(renamed, after).map((removed) => removedStep(removed, drop)),
    ...after.sections.flatMap((section) => siteSteps(section, renamed)),
    ...missing(renamed.indexes, after.indexes).map((index) =>
      drop
        ? step({ kind: 'drop-index', index }, `Drop the index ${indexName(index)}: nothing uses it any more.`)
        : step(
            { kind: 'keep-index', index },
            `Keep the index ${indexName(index)}, which nothing uses any more.`,
          ),
    ),
  ];
}

/** What a step does, for people. */
export function effectOf({ kind, destroys }: ContentStep): PlannedStep['effect'] {
  if (kind === 'keep' || kind === 'keep-index' || kind === 'keep-site') return 'kept';
  if (kind === 'change-kind' || kind === 'change-section-type') return 'note';
  return destroys ? 'loss' : 'change';
}

/** Whether a step changes anything, or only tells of it. */
export function isWork(step: ContentStep): boolean {
  return ['change', 'loss'].includes(effectOf(step));
}

function step(change: Change, text: string, destroys = false): ContentStep {
  return { ...change, text, destroys };
}

function renameStep(rename: Rename): ContentStep {
  const { from, to } = rename;
  if (rename.kind === 'rename-section')
    return step(rename, `Rename the section ${from} to ${to}, with its entries and its permissions.`);
  if (rename.kind === 'rename-type')
    return step(rename, `Rename the entry type ${rename.section}.${from} to ${to}, with its entries.`);
  return step(
    rename,
    `Rename the field ${rename.section}.${rename.type}.${from} to ${to}, with its values, also in drafts and revisions.`,
  );
}

function changeSteps(before: ContentSchema, after: ContentSchema): readonly ContentStep[] {
  return after.sections.flatMap((section) => {
    const old = find(before.sections, section.handle);
    if (old === undefined) return [];
    const types = section.types.flatMap((type) =>
      type.fields.flatMap((field) => {
        const was = find(find(old.types, type.handle)?.fields ?? [], field.handle);
        if (was === undefined || was.kind === field.kind) return [];
        return step(
          { kind: 'change-kind', section: section.handle, type: type.handle, field: field.handle },
          `The field ${section.handle}.${type.handle}.${field.handle} was of the kind ${was.kind} and is of the kind ` +
            `${field.kind}: its values stay as they are, and one that does not fit counts as none until it is saved again.`,
        );
      }),
    );
    if (old.type === section.type) return types;
    return [
      ...types,
      step(
        { kind: 'change-section-type', section: section.handle },
        `The section ${section.handle} was a ${old.type} and is a ${section.type}: its entries stay as they are` +
          `${section.type === 'structure' ? ', all at the top' : ''}.`,
      ),
    ];
  });
}

/** Entries that are older than a field have of it what a new entry has: written down, so that queries find them by it. */
function fillSteps(before: ContentSchema, after: ContentSchema): readonly ContentStep[] {
  return after.sections.flatMap(({ handle: section, types }) =>
    types.flatMap(({ handle: type, fields }) => {
      const old = find(find(before.sections, section)?.types ?? [], type);
      if (old === undefined) return [];
      return fields.flatMap(({ handle: field, initial }) =>
        initial === undefined || find(old.fields, field) !== undefined
          ? []
          : step(
              { kind: 'fill-field', section, type, field, initial },
              `Give the entries that have no value of the new field ${section}.${type}.${field} what a new entry has: ` +
                `${shown(initial.value)}.`,
            ),
      );
    }),
  );
}

function shown(value: InitialValue['value']): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function needsEntry(section: SectionSchema, before: ContentSchema): boolean {
  if (section.type !== 'single') return false;
  const old = find(before.sections, section.handle);
  return old?.type !== 'single' || section.sites.some((site) => !old.sites.includes(site));
}

function singleStep({ handle, sites }: SectionSchema): ContentStep {
  return step(
    { kind: 'add-single', section: handle },
    `See that the single ${handle} has its entry on ${sites.join(', ')}.`,
  );
}

// Also with `drop`: a save brings an entry in line, and knows what becomes of one that is on no other site.
function siteSteps({ handle: section, sites }: SectionSchema, before: ContentSchema): readonly ContentStep[] {
  const gone = (find(before.sections, section)?.sites ?? []).filter((site) => !sites.includes(site));
  return gone.map((site) =>
    step(
      { kind: 'keep-site', section, site },
      `Keep what the entries of ${section} are on the site ${site}, which the section is no longer on, until they are saved again.`,
    ),
  );
}

function removedFrom(before: ContentSchema, after: ContentSchema): readonly Removed[] {
  return before.sections.flatMap(({ handle: section, types }): readonly Removed[] => {
    const declared = find(after.sections, section);
    if (declared === undefined) return [{ what: 'section', section }];
    return types.flatMap(({ handle: type, fields }): readonly Removed[] => {
      const own = find(declared.types, type);
      if (own === undefined) return [{ what: 'type', section, type }];
      return fields
        .filter(({ handle }) => find(own.fields, handle) === undefined)
        .map(({ handle: field }) => ({ what: 'field', section, type, field }));
    });
  });
}

function removedStep(removed: Removed, drop: boolean): ContentStep {
  const name = removedName(removed);
  if (removed.what === 'field')
    return drop
      ? step({ kind: 'drop', removed }, `Delete all values of ${name}, also in drafts and revisions.`, true)
      : step({ kind: 'keep', removed }, `Keep the values of ${name}, which the code no longer has.`);
  return drop
    ? step({ kind: 'drop', removed }, `Delete all entries of ${name}, with their drafts and revisions.`, true)
    : step({ kind: 'keep', removed }, `Keep the entries of ${name}, which the code no longer has.`);
}

function removedName(removed: Removed): string {
  if (removed.what === 'section') return `the section ${removed.section}`;
  if (removed.what === 'type') return `the entry type ${removed.section}.${removed.type}`;
  return `the field ${removed.section}.${removed.type}.${removed.field}`;
}

const indexName = ({ section, field, comparedAs }: FieldIndex): string =>
  `of ${section}.${field}, compared as ${comparedAs}`;

function missing(indexes: readonly FieldIndex[], from: readonly FieldIndex[]): readonly FieldIndex[] {
  const there = new Set(from.map(indexKey));
  return indexes.filter((index) => !there.has(indexKey(index)));
}

function find<Item extends { readonly handle: string }>(
  all: readonly Item[],
  handle: string,
): Item | undefined {
  return all.find((one) => one.handle === handle);
}
