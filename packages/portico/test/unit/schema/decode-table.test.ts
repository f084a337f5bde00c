import { describe, expect, it } from 'vitest';
import { compilePlan } from '../../../src/schema/compile-plan.ts';
import { decodeForm, type FormEntry } from '../../../src/schema/decode-form.ts';
import type { StandardSchema } from '../../../src/schema/standard.ts';
import { validate } from '../../../src/schema/validate.ts';
import { NONE, REFUSED, TABLE } from './decode-table.ts';
import { KINDS, LIBRARIES, type Expression, type KindName } from './libraries.ts';

const kinds = Object.keys(KINDS) as KindName[];

/** An entry list as a test title shows it. */
function titleOf(sent: readonly FormEntry[]): string {
  const shown = sent.map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : `<${value.name}>`}`,
  );
  return JSON.stringify(shown.join('&')).slice(0, 80);
}

async function validated(schema: StandardSchema, value: unknown): Promise<unknown> {
  const verdict = await validate(schema, value);
  return verdict.ok ? verdict.value : REFUSED;
}

for (const library of LIBRARIES) {
  describe(`the decode table, ${library}`, () => {
    for (const kind of kinds) {
      const schema: Expression = KINDS[kind][library];
      if (typeof schema === 'string') {
        it(`${kind}: not said here, because ${schema}`, () => {
          expect(schema).not.toBe('');
        });
        continue;
      }
      const plan = compilePlan(schema, { form: true });
      for (const [sent, decoded, after = decoded] of TABLE[kind]) {
        it(`${kind}: ${titleOf(sent)}`, async () => {
          const result = decodeForm(plan, sent);
          if (!result.ok) throw new Error(result.message);
          // A key that must be there without a value is told from one that is not there by the schema, below.
          const { x: value = NONE, ...others } = result.value as { x?: unknown };
          expect(value).toStrictEqual(decoded);
          expect(others).toStrictEqual({});
          const verdict = await validated(schema, result.value);
          if (after === REFUSED) {
            expect(verdict).toBe(REFUSED);
            return;
          }
          expect(verdict).not.toBe(REFUSED);
          expect((verdict as { x?: unknown }).x).toStrictEqual(after === NONE ? undefined : after);
        });
      }
    }
  });
}

describe('every kind', () => {
  it('is in the table, for what is absent, empty, one, many and hostile', () => {
    expect(Object.keys(TABLE).sort()).toEqual([...kinds].sort());
  });
});
