import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTurns } from '../../src/db/dialects/turns.ts';

describe('turns', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are taken one at a time, in the order of asking', async () => {
    const turns = createTurns(1000);
    const order: number[] = [];
    const take = async (n: number): Promise<void> => {
      const end = await turns.take();
      order.push(n);
      await Promise.resolve();
      order.push(n);
      end();
    };
    await Promise.all([take(1), take(2), take(3)]);
    expect(order).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('are not waited for longer than said, and who gave up does not hold up the others', async () => {
    const turns = createTurns(1000);
    const end = await turns.take();
    const impatient = turns.take();
    impatient.catch(() => {});
    await vi.advanceTimersByTimeAsync(600);
    const later = turns.take();
    await vi.advanceTimersByTimeAsync(400);
    await expect(impatient).rejects.toThrow('more than 1000 ms');
    end();
    (await later)();
    (await turns.take())();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('end once: ending one again does not end the next', async () => {
    const turns = createTurns(1000);
    const end = await turns.take();
    const second = turns.take();
    end();
    const endSecond = await second;
    end();
    const third = vi.fn();
    const waiting = turns.take().then(third);
    await vi.advanceTimersByTimeAsync(10);
    expect(third).not.toHaveBeenCalled();
    endSecond();
    await waiting;
    expect(third).toHaveBeenCalledOnce();
  });

  it('close when the last one has ended, and refuse all others', async () => {
    const turns = createTurns(1000);
    const end = await turns.take();
    const waiting = turns.take();
    waiting.catch(() => {});
    const closed = vi.fn();
    const closing = turns.close().then(closed);
    await expect(waiting).rejects.toThrow('was closed');
    await expect(turns.take()).rejects.toThrow('was closed');
    expect(closed).not.toHaveBeenCalled();
    end();
    await closing;
    expect(closed).toHaveBeenCalledOnce();
    await turns.close();
  });
});
