import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { conformanceCases, ConformanceRun, conformanceTable, type ConformanceHost } from 'portico/testing';

/** Every case of the suite as a test of each host, and the table at the end. `timeout`: for a host to start, milliseconds. */
export function describeConformance(hosts: readonly ConformanceHost[], timeout = 15_000): void {
  const runs = hosts.map((host) => new ConformanceRun(host));

  // What the suite's failing page leaves in the log.
  beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

  afterAll(() => {
    console.log(conformanceTable(runs.map(({ report }) => report)));
  });

  describe.each(runs.map((run) => [run.host.name, run] as const))('%s', (_name, run) => {
    afterAll(() => run.close());

    for (const each of conformanceCases) {
      test(each.name, { timeout }, async ({ skip }) => {
        const { outcome, reason } = await run.run(each);
        if (outcome === 'n/a') skip(reason);
        expect(reason).toBeUndefined();
      });
    }
  });
}
