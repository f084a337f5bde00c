import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceReport } from 'portico/testing';

// Files of tests run in processes of their own: what they found is put together from here.
const FOLDER = fileURLToPath(
  new URL('../../../../node_modules/.cache/portico-conformance/', import.meta.url),
);

/** The columns of the table, in their order. Hosts that are not named come last. */
const COLUMNS = [
  'node',
  'hono',
  'express',
  'fastify',
  'h3',
  'react-router',
  'fetch',
  'astro dev',
  'astro built',
];

/** Leaves what came of a host for whoever prints the table. */
export function keepReport(report: ConformanceReport): void {
  if (report.results.length === 0) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${report.host.replaceAll(' ', '-')}.json`), JSON.stringify(report, null, 2));
}

/** All that was kept since a moment, in epoch milliseconds. */
export function keptReports(since: number): readonly ConformanceReport[] {
  const reports = globSync('*.json', { cwd: FOLDER })
    .map((name) => join(FOLDER, name))
    .filter((path) => statSync(path).mtimeMs >= since)
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as ConformanceReport);
  return reports.toSorted((left, right) => columnOf(left) - columnOf(right));
}

function columnOf({ host }: ConformanceReport): number {
  const column = COLUMNS.indexOf(host);
  return column < 0 ? COLUMNS.length : column;
}
