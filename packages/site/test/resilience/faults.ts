import { StatementSync } from 'node:sqlite';
import { Client } from 'pg';
import { vi } from 'vitest';
import type { DatabaseKind } from '../support/databases.ts';

/** `before`: the statement is never run. `after`: it is, and nobody hears what came of it. */
export type Loss = 'before' | 'after';

/** Takes the database away in the middle of what a site does with it. */
export interface Faults {
  /** From now on the connection is lost at statement number `at` (1 is the next), once. */
  arm(at: number, loss: Loss): void;
  /** The statements since then, and whether the last of them was lost. */
  disarm(): { readonly statements: readonly string[]; readonly isLost: boolean };
  restore(): void;
}

export function createFaults(kind: DatabaseKind): Faults {
  // Undefined: nobody asks.
  let statements: string[] | undefined;
  let plan: { readonly at: number; readonly loss: Loss } | undefined;
  let isLost = false;

  /** Which loss this statement suffers. */
  function loss(sql: string): Loss | undefined {
    statements?.push(sql);
    if (plan === undefined || statements?.length !== plan.at) return undefined;
    isLost = true;
    return plan.loss;
  }

  const restores = kind === 'sqlite' ? breakFile(loss) : breakConnections(loss);
  return {
    arm(at, how) {
      plan = { at, loss: how };
      statements = [];
      isLost = false;
    },
    disarm() {
      const seen = statements ?? [];
      plan = statements = undefined;
      return { statements: seen, isLost };
    },
    restore: () => restores.forEach((undo) => undo()),
  };
}

type LossOf = (sql: string) => Loss | undefined;

/** A disk that fails. */
function breakFile(lossOf: LossOf): Array<() => void> {
  return (['all', 'run'] as const).map((method) => {
    const real = StatementSync.prototype[method] as (this: StatementSync, ...values: unknown[]) => never;
    const spy = vi.spyOn(StatementSync.prototype, method).mockImplementation(function broken(
      this: StatementSync,
      ...values: unknown[]
    ) {
      const loss = lossOf(this.sourceSQL);
      if (loss === 'before') throw diskError();
      const result = real.apply(this, values);
      if (loss === 'after') throw diskError();
      return result;
    });
    return () => spy.mockRestore();
  });
}

// https://sqlite.org/rescode.html: SQLITE_IOERR.
function diskError(): Error {
  return Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
}

/** A network that cuts the connection which the statement is sent on. */
function breakConnections(lossOf: LossOf): Array<() => void> {
  const real = Client.prototype.query as (this: Client, ...values: unknown[]) => Promise<unknown>;
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(async function broken(
    this: Client,
    ...values: unknown[]
  ) {
    const loss = lossOf(String(values[0]));
    const { stream } = (this as unknown as { connection: { stream: { destroy(): void } } }).connection;
    if (loss === 'before') stream.destroy();
    const result = await real.apply(this, values);
    if (loss !== 'after') return result;
    stream.destroy();
    throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
  } as never);
  return [() => spy.mockRestore()];
}
