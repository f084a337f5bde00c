import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { conformanceCases, ConformanceRun, type ConformanceHost } from 'portico/testing';
import { keepReport } from './reports.ts';

/** Every case of the suite as a test of each host, for the table that print-table.ts prints. `timeout`: for a host to start, milliseconds. */
export function describeConformance(hosts: readonly ConformanceHost[], timeout = 15_000): void {
  const runs = hosts.map((host) => new ConformanceRun(host));

  // What the suite's failing page leaves in the log.
  beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

  describe.each(runs.map((run) => [run.host.name, run] as const))('%s', (_name, run) => {
    afterAll(() => {
      keepReport(run.report);
      return run.close();
    });

    for (const each of conformanceCases) {
      test(each.name, { timeout }, async ({ skip }) => {
        const { outcome, reason } = await run.run(each);
        if (outcome === 'n/a') skip(reason);
        expect(reason).toBeUndefined();
      });
    }
  });
}
