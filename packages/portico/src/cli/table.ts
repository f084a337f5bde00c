/** Rows of cells as lines; a cell may have several lines. The last column is not padded. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = head.map((title, column) =>
    Math.max(
      title.length,
      ...rows.flatMap((row) => (row[column] ?? '').split('\n').map(({ length }) => length)),
    ),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const body = rows.flatMap((row) => {
    const columns = row.map((cell) => cell.split('\n'));
    const height = Math.max(...columns.map(({ length }) => length));
    return Array.from({ length: height }, (_, at) => line(columns.map((column) => column[at] ?? '')));
  });
  return [line(head), rule, ...body].join('\n');
}
