import type { Stores } from '../database.ts';
import type { Content, ContentSection } from './content.ts';

/** What the database is told of the content that the code declares. */
export interface ContentUpkeep {
  readonly content: Pick<Content, 'sections'>;
  /** Sees that a single has its one entry on each of its sites. Runs in the transaction of the migration. */
  ensureSingle(stores: Stores, section: ContentSection): Promise<void>;
}

/** What a migration would do, for people. */
export interface PlannedStep {
  readonly text: string;
  /** How many entries it concerns, those in the bin and drafts included; null where that is no question. */
  readonly entries: number | null;
  /**
   * `change`: something is made or renamed. `loss`: something is lost for good. `kept`: what the code no longer has stays, since
   * nobody said `drop`. `note`: nothing is done; people should know.
   */
  readonly effect: 'change' | 'loss' | 'kept' | 'note';
}
