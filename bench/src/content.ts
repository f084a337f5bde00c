// Queries over many entries, through the builder that pages use. Fails where one of them reads a whole table or takes too long
// at the median, and where saving an entry slows down with the table (reference: bench/README.md).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentCases, type Given } from './content-cases.ts';
import { fillContent } from './content-fill.ts';
import { contentSite, type ContentSite } from './content-model.ts';
import { explained } from './content-plan.ts';
import { timeSave } from './content-saves.ts';

const ENTRIES = Number(process.env['BENCH_ENTRIES'] ?? 100_000);
const RUNS = Number(process.env['BENCH_RUNS'] ?? 31);
const FEW = 1_000;
const LIMIT_MS = 50;
const MOST_SLOWDOWN = 2;
// What FTS5 and what was found already are gone through is no table.
const TABLE_SCAN = /^SCAN (?:s|e|entries|entry_sites|entry_references|entry_authors)(?: |$)/;

interface Filled {
  readonly site: ContentSite;
  readonly file: string;
  remove(): Promise<void>;
}

export async function benchContent(): Promise<void> {
  const many = await filled(ENTRIES);
  const few = await filled(FEW);
  try {
    const isFast = await queries(many);
    const isEven = await saves(few, many);
    if (!isFast || !isEven) process.exitCode = 1;
  } finally {
    await many.remove();
    await few.remove();
  }
}

async function filled(total: number): Promise<Filled> {
  const folder = mkdtempSync(join(process.env['BENCH_DIR'] ?? tmpdir(), 'portico-bench-'));
  const site = contentSite(folder);
  await site.migrate();
  const file = join(folder, 'site.db');
  const start = performance.now();
  fillContent(file, total, Date.now());
  console.log(`${total} entries written in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await site.housekeep();
  return {
    site,
    file,
    async remove() {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function queries({ site, file }: Filled): Promise<boolean> {
  const { entries, plans, close } = explained(site, file);
  const given = await takenForGranted(site);
  let isGood = true;
  console.log(`node ${process.version}, ${ENTRIES} entries, medians of ${RUNS} runs`);
  for (const { name, run } of contentCases) {
    plans();
    const found = await run(entries, given);
    const plan = plans();
    const times: number[] = [];
    for (let count = 0; count < RUNS; count++) {
      const start = performance.now();
      await run(site.entries, given);
      times.push(performance.now() - start);
    }
    const scan = plan.find((line) => TABLE_SCAN.test(line));
    const isSlow = median(times) > LIMIT_MS;
    console.log(`\n${name}: ${median(times).toFixed(1)} ms, ${found} found${isSlow ? '  TOO SLOW' : ''}`);
    for (const line of plan) console.log(`    ${line}${line === scan ? '  TABLE SCAN' : ''}`);
    if (isSlow || scan !== undefined) isGood = false;
  }
  close();
  return isGood;
}

async function takenForGranted({ entries }: ContentSite): Promise<Given> {
  const [tag = 0] = await entries('tags').limit(1).ids();
  const rated = entries('posts').where('fields.rating', '>=', 50).orderBy('fields.rating', 'desc');
  const { entries: page, next } = await rated.cursorPage(
    Math.min(10_000, Math.ceil((await rated.count()) / 2)),
  );
  return { tag, cursor: next ?? '', slug: page.at(-1)?.slug ?? '' };
}

async function saves(few: Filled, many: Filled): Promise<boolean> {
  const times = { few: [] as number[], many: [] as number[] };
  // By turns, so that both meet the same machine.
  for (let at = 0; at < 200; at++) {
    times.few.push(await timeSave(few.site, at));
    times.many.push(await timeSave(many.site, at));
  }
  const ratio = median(times.many) / median(times.few);
  console.log(
    `\na save beside ${FEW} entries ${median(times.few).toFixed(0)} µs, beside ${ENTRIES} ` +
      `${median(times.many).toFixed(0)} µs: ${ratio.toFixed(2)} times${ratio > MOST_SLOWDOWN ? '  TOO SLOW' : ''}`,
  );
  return ratio <= MOST_SLOWDOWN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
