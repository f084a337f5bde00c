/** Whether there can be a row of this id: PostgreSQL answers other numbers with an error instead of no row. */
export function isId(id: number): boolean {
  return Number.isSafeInteger(id);
}
