import type { ConformanceReport, ConformanceResult } from './run.ts';

const SIGNS: Record<ConformanceResult['outcome'], string> = { passed: 'ok', failed: 'FAILED', 'n/a': 'n/a' };

/** Cases down, hosts across; below it every `n/a` with its reason and every failure with what came instead. */
export function conformanceTable(reports: readonly ConformanceReport[]): string {
  const names = [...new Set(reports.flatMap(({ results }) => results.map(({ name }) => name)))];
  const rows = names.map((name) => [
    name,
    ...reports.map(({ results }) => {
      const result = results.find((each) => each.name === name);
      return result ? SIGNS[result.outcome] : '-';
    }),
  ]);
  const totals = reports.map(({ results }) => {
    const applied = results.filter(({ outcome }) => outcome !== 'n/a');
    return `${applied.filter(({ outcome }) => outcome === 'passed').length}/${applied.length}`;
  });
  const table = [['', ...reports.map(({ host }) => host)], ...rows, ['passed', ...totals]];
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, ...notes(reports)].join('\n');
}

/** Reasons, each once a host, with the cases it stands for. */
function notes(reports: readonly ConformanceReport[]): string[] {
  return reports.flatMap(({ host, results }) => {
    const byReason = Map.groupBy(
      results.filter(({ reason }) => reason !== undefined),
      ({ outcome, reason }) => `${SIGNS[outcome]}: ${reason}`,
    );
    return [...byReason].map(([reason, cases]) => {
      const which = cases.length > 2 ? `${cases.length} cases` : cases.map(({ name }) => name).join('; ');
      return `${host}, ${which}: ${reason}`;
    });
  });
}
