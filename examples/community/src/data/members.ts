import type { Database } from './database.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly craft: string;
}

export function listMembers({ sql }: Database): Member[] {
  return sql.all`SELECT id, name, craft FROM members ORDER BY name` as unknown as Member[];
}

export function findMember({ sql }: Database, id: string): Member | undefined {
  return sql.get`SELECT id, name, craft FROM members WHERE id = ${id}` as Member | undefined;
}

export function addMember({ sql }: Database, member: Member): void {
  sql.run`INSERT INTO members (id, name, craft) VALUES (${member.id}, ${member.name}, ${member.craft})`;
}
