// Speed as ratios: a hand-written node:http handler and Portico do the same work in the same round, by the CPU time of the
// server's process. Short interleaved rounds over fresh processes, since machines drift (reference: bench/README.md).
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CASES, type BenchCase } from './cases.ts';
import { benchContent } from './content.ts';
import { ask, load } from './load.ts';
import type { BenchReport } from './serve.ts';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 7);
const GENERATIONS = Number(process.env['BENCH_GENERATIONS'] ?? 2);
const ROUND_MS = Number(process.env['BENCH_ROUND_MS'] ?? 1_000);
// Until the compiler has settled, a round measures it.
const WARM_UP_MS = 2_500;
const asked = process.argv.slice(2);
const only = asked.filter((id) => id !== 'content');
const isContentOnly = asked.length > 0 && only.length === 0;

interface Contestant {
  readonly name: 'raw' | 'portico';
  readonly process: ChildProcess;
  readonly port: number;
}

const cases = CASES.filter((bench) => only.length === 0 || only.includes(bench.id));
const costs = new Map<string, { raw: number[]; portico: number[]; ratios: number[] }>();
for (const bench of cases) costs.set(bench.id, { raw: [], portico: [], ratios: [] });

for (let generation = 0; generation < GENERATIONS && !isContentOnly; generation++) {
  const contestants = await Promise.all([start('raw'), start('portico')]);
  for (const bench of cases) {
    for (const contestant of contestants) {
      await ask(bench, contestant.port);
      await load(bench, contestant.port, WARM_UP_MS);
    }
    for (let round = 0; round < ROUNDS; round++) await compare(bench, contestants, round);
  }
  for (const contestant of contestants) contestant.process.disconnect();
}
if (!isContentOnly) report();
if (asked.includes('content')) await benchContent();

async function compare(bench: BenchCase, contestants: readonly Contestant[], round: number): Promise<void> {
  const cost: Record<string, number> = {};
  // Who goes first changes, so that neither always meets a warm or a tired machine.
  for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
    const before = await cpuOf(contestant);
    const calls = await load(bench, contestant.port, ROUND_MS);
    cost[contestant.name] = ((await cpuOf(contestant)) - before) / calls;
  }
  const entry = costs.get(bench.id);
  entry?.raw.push(cost['raw'] ?? NaN);
  entry?.portico.push(cost['portico'] ?? NaN);
  entry?.ratios.push((cost['raw'] ?? NaN) / (cost['portico'] ?? NaN));
}

function report(): void {
  console.log(
    `node ${process.version}, ${GENERATIONS} generations × ${ROUNDS} rounds of ${ROUND_MS} ms, medians of µs CPU a call`,
  );
  console.log('case   raw µs  portico µs  ratio  (lowest to highest)');
  for (const bench of cases) {
    const { raw, portico, ratios } = costs.get(bench.id) ?? { raw: [], portico: [], ratios: [] };
    const sorted = ratios.toSorted((a, b) => a - b);
    console.log(
      `${bench.id.padEnd(5)} ${median(raw).toFixed(1).padStart(8)} ${median(portico).toFixed(1).padStart(10)} ` +
        `${median(ratios).toFixed(2).padStart(7)}  (${sorted[0]?.toFixed(2)} to ${sorted.at(-1)?.toFixed(2)})  ${bench.title}`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function start(name: Contestant['name']): Promise<Contestant> {
  const file = fileURLToPath(new URL(`./${name}-server.ts`, import.meta.url));
  const child = fork(file, {
    execArgv: ['--conditions=portico-source'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const { port } = await next(child);
  if (port === undefined) throw new Error(`The ${name} server did not say its port.`);
  return { name, process: child, port };
}

async function cpuOf(contestant: Contestant): Promise<number> {
  const answer = next(contestant.process);
  contestant.process.send('cpu');
  return (await answer).cpu ?? NaN;
}

function next(child: ChildProcess): Promise<BenchReport> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`A server ended with ${code}.`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as BenchReport);
    });
  });
}
