import { sql, type Kysely } from 'kysely';
import type { PlannedStep, ContentUpkeep } from '../content/content-upkeep.ts';
import { effectOf, isWork, planContent, type ContentStep } from '../content/plan-content.ts';
import { schemaAfter } from '../content/schema-after.ts';
import { schemaOf, type ContentSchema } from '../content/schema.ts';
import type { Stores } from '../database.ts';
import type { DatabaseKind } from './connect.ts';
import { dropEntries, renameSection, renameType } from './content-names.ts';
import { readFormerContent } from './content-former.ts';
import { writeContentSchema } from './content-schema-store.ts';
import { countEntries } from './content-step-counts.ts';
import { dropValues, fillValues, renameValues } from './content-values.ts';
import { fieldIndex, fieldIndexName } from './field-expression.ts';
import type { Tables } from './tables.ts';

/** Brings what is stored of content in line with what the code declares. */
export interface ContentMigration {
  /** Whether there is anything to do; two queries. */
  isDue(db: Kysely<Tables>): Promise<boolean>;
  /** Does it, in the transaction at hand. */
  apply(db: Kysely<Tables>, now: number): Promise<void>;
  /** What there is to do and to tell. `isEmpty`: there are no tables yet. */
  plan(db: Kysely<Tables>, isEmpty: boolean): Promise<readonly PlannedStep[]>;
}

const NOTHING: ContentSchema = { sections: [], indexes: [] };

/** Without `drop` nothing is taken away: entries, values and indexes that the code no longer knows of stay. */
export function createContentMigration(
  kind: DatabaseKind,
  storesOn: (db: Kysely<Tables>) => Stores,
  upkeep: ContentUpkeep,
  drop: boolean,
): ContentMigration {
  const after = schemaOf(upkeep.content);

  function dueFrom(before: ContentSchema): {
    readonly steps: readonly ContentStep[];
    readonly next: ContentSchema;
    readonly isChanged: boolean;
  } {
    const steps = planContent(before, after, drop);
    const next = schemaAfter(before, after, drop);
    const isChanged = JSON.stringify(next) !== JSON.stringify(before);
    return { steps, next, isChanged };
  }

  return {
    async isDue(db) {
      const { steps, isChanged } = dueFrom(await readFormerContent(db));
      return isChanged || steps.some(isWork);
    },
    async apply(db, now) {
      const before = await readFormerContent(db);
      const { steps, next, isChanged } = dueFrom(before);
      const sites = [...new Set([...before.sections, ...after.sections].flatMap((section) => section.sites))];
      for (const step of steps) await applyStep(db, step, sites);
      if (steps.some(({ kind: what }) => what === 'create-index')) await refreshStatistics(db, kind);
      if (isChanged) await writeContentSchema(db, next, now);
    },
    async plan(db, isEmpty) {
      const before = isEmpty ? NOTHING : await readFormerContent(db);
      const { steps } = dueFrom(before);
      const planned: PlannedStep[] = [];
      for (const step of steps) {
        const entries = isEmpty ? null : await countEntries(db, kind, step, steps);
        if (step.kind === 'keep-site' && entries === 0) continue;
        planned.push({ text: step.text, entries, effect: effectOf(step) });
      }
      return planned;
    },
  };

  async function applyStep(db: Kysely<Tables>, step: ContentStep, sites: readonly string[]): Promise<void> {
    switch (step.kind) {
      case 'rename-section':
        return renameSection(db, kind, step.from, step.to);
      case 'rename-type':
        return renameType(db, kind, step.section, step.from, step.to);
      case 'rename-field':
        return renameValues(db, kind, step, sites);
      case 'fill-field':
        return fillValues(db, kind, step, step.initial);
      case 'create-index': {
        const { section, field, comparedAs } = step.index;
        await sql.raw(fieldIndex(kind, section, field, comparedAs)).execute(db);
        return;
      }
      case 'drop-index': {
        const { section, field, comparedAs } = step.index;
        const name = fieldIndexName(section, field, comparedAs);
        await sql`drop index if exists ${sql.ref(name)}`.execute(db);
        return;
      }
      case 'add-single': {
        const section = upkeep.content.sections.find(({ handle }) => handle === step.section);
        if (section !== undefined) await upkeep.ensureSingle(storesOn(db), section);
        return;
      }
      case 'drop': {
        const { removed } = step;
        return removed.what === 'field'
          ? dropValues(db, kind, removed, sites)
          : dropEntries(db, kind, removed.section, removed.what === 'type' ? removed.type : undefined);
      }
      case 'keep':
      case 'keep-index':
      case 'keep-site':
      case 'change-kind':
      case 'change-section-type':
        return;
    }
  }
}

// PostgreSQL guesses how much a new index tells apart until it is told. SQLite is not told: it counts how often a value occurs
// on average, and would then read a section by its dates to the end for one that is rare. Queries tell it what they know
// (`db/unindexed.ts`).
async function refreshStatistics(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  if (kind === 'sqlite') return;
  const some = await db.selectFrom('entry_sites').select('id').limit(1).executeTakeFirst();
  if (some !== undefined) await sql`analyze entry_sites`.execute(db);
}
