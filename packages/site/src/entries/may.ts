import type { PorticoContext } from 'portico';
import type { Services } from '../services.ts';
import { currentUser } from '../users/current-user.ts';
import { GUEST } from './editor.ts';
import { mayEntry } from './may-entry.ts';
import type { EntryRecord } from './query/entry-record.ts';

/** An entry as queries give it, or as much of it as is asked about. */
export type AskedEntry = Pick<EntryRecord, 'section' | 'site' | 'status' | 'authorIds' | 'creatorId'>;

/**
 * Whether the visitor may do something to an entry, for pages that show a button or not: `site.may(ctx, 'save', entry)`,
 * `site.may(ctx, 'create', 'posts')`. The actions ask by themselves. Throws a `TypeError` for a section that there is none of.
 */
export interface May {
  (ctx: Pick<PorticoContext, 'user'>, act: 'create', section: string): boolean;
  (
    ctx: Pick<PorticoContext, 'user'>,
    act: 'view' | 'save' | 'delete' | 'changeAuthor',
    entry: AskedEntry,
  ): boolean;
}

export function createMay({ settings, content }: Pick<Services, 'settings' | 'content'>): May {
  return (ctx, act, target) => {
    const entry = typeof target === 'string' ? undefined : target;
    const handle = typeof target === 'string' ? target : target.section;
    const section = content.section(handle);
    if (section === undefined) throw new TypeError(`site.may(): there is no section "${handle}".`);
    return (
      mayEntry({
        act,
        editor: ctx.user === null ? GUEST : { kind: 'user', user: currentUser(ctx) },
        section,
        entry: entry && { ...entry, draft: entry.status === 'draft' },
        live: entry?.status === 'live',
        sites: entry === undefined ? [] : [entry.site],
        settings,
        content,
      }) === 'allow'
    );
  };
}
