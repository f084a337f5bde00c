import type { Database } from './database.ts';

export interface Picture {
  /** Name in the upload folder. */
  readonly file: string;
  readonly caption: string;
  readonly member: string;
  readonly createdAt: string;
}

export function listPictures({ sql }: Database): Picture[] {
  return sql.all`
    SELECT file, caption, members.name AS member, created_at AS createdAt
    FROM pictures JOIN members ON members.id = member_id ORDER BY created_at DESC, file LIMIT 60` as unknown as Picture[];
}

export function addPicture(
  { sql }: Database,
  picture: { file: string; caption: string; memberId: string },
): void {
  sql.run`
    INSERT INTO pictures (file, caption, member_id, created_at)
    VALUES (${picture.file}, ${picture.caption}, ${picture.memberId}, ${new Date().toISOString()})`;
}
