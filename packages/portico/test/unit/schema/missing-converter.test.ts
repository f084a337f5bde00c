import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import * as zm from 'zod/mini';
import { compilePlan, SchemaPlanError } from '../../../src/schema/compile-plan.ts';
import { decodeForm } from '../../../src/schema/decode-form.ts';
import { toStandardJsonSchema } from '@valibot/to-json-schema';

// An app that has not installed the converters.
vi.mock('../../../src/schema/optional-module.ts', () => ({ optionalModule: () => undefined }));

describe('without a converter', () => {
  it.each([
    [
      'valibot',
      v.object({ when: v.date() }),
      /Install "@valibot\/to-json-schema", or wrap .* or pass `decode`/,
    ],
    [
      'zod mini',
      zm.object({ when: zm.date() }),
      /"zod\/v4\/core" could not be loaded.*Use "zod".*or pass `decode`/,
    ],
  ])('a form says what to do: %s', (_, schema, message) => {
    expect(() => compilePlan(schema, { form: true })).toThrow(SchemaPlanError);
    expect(() => compilePlan(schema, { form: true })).toThrow(message);
    expect(compilePlan(schema, { form: false }).kind).toBe('unknown');
    const plan = compilePlan(schema, { form: true, decode: { when: 'date' } });
    expect(decodeForm(plan, [['when', '2024-05-01']])).toEqual({
      ok: true,
      value: { when: new Date('2024-05-01') },
    });
  });

  it('a wrapped Valibot schema needs none', () => {
    const schema = toStandardJsonSchema(v.object({ when: v.date(), ids: v.set(v.number()) }));
    // What is in a set is a schema of its own, which nobody has wrapped.
    expect(() => compilePlan(schema, { form: true })).toThrow(/Install/);
    const plan = compilePlan(toStandardJsonSchema(v.object({ when: v.date() })), { form: true });
    expect(decodeForm(plan, [['when', '2024-05-01']])).toEqual({
      ok: true,
      value: { when: new Date('2024-05-01') },
    });
  });
});
