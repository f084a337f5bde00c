import type { Database } from './database.ts';

/** What readers made of a post. */
export interface Reactions {
  readonly likes: number;
  readonly comments: number;
  /** Whether the reader likes it. */
  readonly liked: boolean;
}

const NONE: Reactions = { likes: 0, comments: 0, liked: false };

/** Of several posts at once, by the uids of their entries. `reader`: the member for whom `liked` is told. */
export function reactionsTo(
  { sql }: Database,
  uids: readonly string[],
  reader: string | undefined,
): (uid: string) => Reactions {
  const rows = sql.all`
    SELECT wanted.value AS uid,
      (SELECT count(*) FROM likes WHERE post_id = wanted.value) AS likes,
      (SELECT count(*) FROM comments WHERE post_id = wanted.value) AS comments,
      EXISTS (SELECT 1 FROM likes WHERE post_id = wanted.value AND member_id = ${reader ?? null}) AS liked
    FROM json_each(${JSON.stringify(uids)}) AS wanted` as unknown as Row[];
  const byUid = new Map(
    rows.map(({ uid, likes, comments, liked }) => [uid, { likes, comments, liked: liked === 1 }]),
  );
  return (uid) => byUid.get(uid) ?? NONE;
}

interface Row extends Omit<Reactions, 'liked'> {
  readonly uid: string;
  readonly liked: number;
}
