import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Answers no sooner than after `milliseconds`, whether `work` found something to do or not, and whether it succeeds: so that
 * the time an answer takes tells nothing. The work must be done well within it.
 */
export async function steadyTime<Result>(milliseconds: number, work: () => Promise<Result>): Promise<Result> {
  const passed = sleep(milliseconds);
  try {
    return await work();
  } finally {
    await passed;
  }
}
