import { conformanceTable } from '../../src/testing/conformance/table.ts';
import { keptReports } from './reports.ts';

// vitest's global setup: runs before the first file of tests, and after the last, and knows no package of ours by its name.

let began = 0;

export function setup(): void {
  began = Date.now();
}

/** One table of cases and hosts, whatever files they were run by. */
export function teardown(): void {
  const reports = keptReports(began);
  if (reports.length > 0) console.log(`\n${conformanceTable(reports)}\n`);
}
