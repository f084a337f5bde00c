/** Who waits gets the turn in the order of asking. */
export interface Turns {
  /** Resolves with the function that ends the turn. Rejects after so many milliseconds, or once all is closed. */
  take(maxWaitMs?: number): Promise<() => void>;
  /** Waits for the turn that is being taken; all others reject. */
  close(): Promise<void>;
}

interface Waiting {
  readonly enter: () => void;
  readonly refuse: (error: Error) => void;
}

/** One at a time has its turn, for which others wait `longestWaitMs` unless they say otherwise. */
export function createTurns(longestWaitMs: number): Turns {
  const queue = new Set<Waiting>();
  let isTaken = false;
  let isClosed = false;
  let closed = (): void => {};

  function next(): void {
    const [first] = queue;
    isTaken = first !== undefined;
    first?.enter();
    if (!isTaken) closed();
  }

  function turn(): () => void {
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      next();
    };
  }

  function wait(maxWaitMs: number): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => waiting.refuse(new Error(tooLong(maxWaitMs))), maxWaitMs);
      const leave = (): void => {
        clearTimeout(timer);
        queue.delete(waiting);
      };
      const waiting: Waiting = {
        enter: () => {
          leave();
          resolve(turn());
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      queue.add(waiting);
    });
  }

  return {
    async take(maxWaitMs = longestWaitMs) {
      if (isClosed) throw new Error('The database was closed.');
      if (isTaken) return wait(maxWaitMs);
      isTaken = true;
      return turn();
    },
    async close() {
      isClosed = true;
      for (const { refuse } of queue) refuse(new Error('The database was closed.'));
      if (isTaken) await new Promise<void>((resolve) => (closed = resolve));
    },
  };
}

function tooLong(ms: number): string {
  return (
    `The database was in use by one transaction for more than ${ms} ms. ` +
    'Inside a transaction only the stores it was handed may be used: any other waits for it to end.'
  );
}
