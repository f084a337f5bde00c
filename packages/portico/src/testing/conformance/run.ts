import type { ConformanceCase } from './case.ts';
import { conformanceCases } from './cases.ts';
import { ConformanceError, NotApplicable } from './check.ts';
import type { ConformanceHost, ConformanceVariant, RunningHost } from './host.ts';
import { Site } from './site.ts';

export interface ConformanceResult {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'n/a';
  /** What went wrong, or why the case does not apply. */
  readonly reason?: string;
}

export interface ConformanceReport {
  /** The name of the host. */
  readonly host: string;
  readonly results: readonly ConformanceResult[];
  /** `case: what went wrong`, for each that failed. */
  readonly failures: readonly string[];
}

export interface ConformanceOptions {
  /** Runs only cases whose name has this in it. */
  readonly only?: string | RegExp;
}

/** A host under test, for those who run the cases one by one, as tests of their own. */
export class ConformanceRun {
  readonly host: ConformanceHost;
  readonly #running = new Map<ConformanceVariant, Promise<RunningHost>>();
  readonly #results: ConformanceResult[] = [];

  /** Throws a TypeError where `except` names a case that there is not. */
  constructor(host: ConformanceHost) {
    const unknown = Object.keys(host.except ?? {}).find(
      (name) => !conformanceCases.some((each) => each.name === name),
    );
    if (unknown !== undefined) {
      throw new TypeError(
        `${host.name}: \`except\` names ${JSON.stringify(unknown)}, and there is no such case.`,
      );
    }
    this.host = host;
  }

  get report(): ConformanceReport {
    const results = [...this.#results];
    const failed = results.filter(({ outcome }) => outcome === 'failed');
    return {
      host: this.host.name,
      results,
      failures: failed.map(({ name, reason }) => `${name}: ${reason}`),
    };
  }

  /** Why a case is not run against this host, before it is tried. */
  reasonAgainst({ name, needs }: ConformanceCase): string | undefined {
    const { cannot, except } = this.host;
    return except?.[name] ?? needs.map((need) => cannot?.[need]).find((reason) => reason !== undefined);
  }

  /** Runs one case, in a host of its variant that starts with the first. Never rejects. */
  async run(tried: ConformanceCase): Promise<ConformanceResult> {
    const result: ConformanceResult = { name: tried.name, ...(await this.#tried(tried)) };
    this.#results.push(result);
    return result;
  }

  async close(): Promise<void> {
    const running = [...this.#running.values()];
    this.#running.clear();
    const started = await Promise.allSettled(running);
    const open = started.filter((each) => each.status === 'fulfilled');
    await Promise.all(open.map(({ value }) => value.close()));
  }

  async #tried(tried: ConformanceCase): Promise<Omit<ConformanceResult, 'name'>> {
    const against = this.reasonAgainst(tried);
    if (against !== undefined) return { outcome: 'n/a', reason: against };
    try {
      await tried.run(new Site(await this.#started(tried.variant)));
      return { outcome: 'passed' };
    } catch (error) {
      if (error instanceof NotApplicable) return { outcome: 'n/a', reason: error.message };
      if (error instanceof ConformanceError) return { outcome: 'failed', reason: error.message };
      return {
        outcome: 'failed',
        reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
      };
    }
  }

  #started(variant: ConformanceVariant): Promise<RunningHost> {
    const running = this.#running.get(variant) ?? this.host.start(variant);
    this.#running.set(variant, running);
    return running;
  }
}

/**
 * Runs the suite against a host, over real sockets, and says what came of each case. Rejects only where the host cannot be
 * closed; one that cannot be started fails its cases.
 */
export async function runConformance(
  host: ConformanceHost,
  { only }: ConformanceOptions = {},
): Promise<ConformanceReport> {
  const run = new ConformanceRun(host);
  const wanted = (name: string): boolean =>
    only === undefined || (typeof only === 'string' ? name.includes(only) : only.test(name));
  try {
    for (const each of conformanceCases) if (wanted(each.name)) await run.run(each);
    return run.report;
  } finally {
    await run.close();
  }
}
