import type { ConformanceCapability, ConformanceVariant } from './host.ts';
import type { Site } from './site.ts';

/** Something that is true of every host. */
export interface ConformanceCase {
  /** `doors: rpc, POST with JSON`. */
  readonly name: string;
  readonly variant: ConformanceVariant;
  /** Capabilities without which it is not run. */
  readonly needs: readonly ConformanceCapability[];
  /** Rejects with an Error that says what was expected and what came. */
  run(site: Site): Promise<void>;
}

type Run = (site: Site) => Promise<void>;
type CaseRow = readonly [name: string, run: Run, ...needs: ConformanceCapability[]];

/** The cases of one subject, in one variant. */
export function casesOf(
  subject: string,
  variant: ConformanceVariant,
  rows: readonly CaseRow[],
): readonly ConformanceCase[] {
  const needed = variant === 'plain' ? [] : [variant];
  return rows.map(([name, run, ...needs]) => ({
    name: `${subject}: ${name}`,
    variant,
    needs: [...needed, ...needs],
    run,
  }));
}
