/** Work of which only some may go on at a time. */
export interface WorkQueue {
  /** Runs `work` in its turn. Rejects with what `refusal` makes, without running it, where too much waits already. */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export interface WorkQueueLimits {
  readonly running: number;
  readonly waiting: number;
  /** The error for work that finds no room. */
  readonly refusal: () => Error;
}

/** First come, first served: `running` at a time, `waiting` behind them. */
export function createWorkQueue({ running, waiting, refusal }: WorkQueueLimits): WorkQueue {
  const line: Array<() => void> = [];
  let working = 0;

  async function turn(): Promise<void> {
    if (working < running) {
      working++;
      return;
    }
    if (line.length >= waiting) throw refusal();
    await new Promise<void>((resolve) => line.push(resolve));
  }

  // Whoever leaves hands its place on, so that nobody who comes later gets in first.
  function leave(): void {
    const next = line.shift();
    if (next) next();
    else working--;
  }

  return {
    async run(work) {
      await turn();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
