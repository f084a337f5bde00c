import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createUidChanger } from '../../src/entries/lifecycle/new-uids.ts';
import { withoutReferences } from '../../src/entries/lifecycle/without-references.ts';
import type { FieldValue } from '../../src/fields/field.ts';
import type { Reference } from '../../src/fields/reference.ts';

const reference = (id: number, path = ''): Reference => ({ kind: 'entry', id, path, allowed: {} });

describe('withoutReferences', () => {
  it.each<[string, FieldValue, readonly Reference[], FieldValue]>([
    ['an id of a list', [1, 2, 3], [reference(2)], [1, 3]],
    ['several', [1, 2, 3], [reference(3), reference(1)], [2]],
    ['nothing', [1], [], [1]],
    ['a link', { type: 'entry', value: '{entry:4:url}' }, [reference(4)], null],
    [
      'what is nested',
      [
        { uid: 'a', fields: { image: [7, 8], text: 'x' } },
        { uid: 'b', fields: { image: [7] } },
      ],
      [reference(7, '0.fields.image')],
      [
        { uid: 'a', fields: { image: [8], text: 'x' } },
        { uid: 'b', fields: { image: [7] } },
      ],
    ],
    ['a nested link', { link: { value: 'x' }, other: 1 }, [reference(4, 'link')], { link: null, other: 1 }],
    [
      'nothing where the path leads nowhere',
      { a: [1] },
      [reference(1, 'b.c'), reference(1, 'a.9')],
      { a: [1] },
    ],
    ['nothing of prototypes', { a: 1 }, [reference(1, '__proto__.x'), reference(1, 'constructor')], { a: 1 }],
  ])('drops %s', (_what, value, dropped, expected) => {
    const before = structuredClone(value);
    expect(withoutReferences(value, dropped)).toEqual(expected);
    expect(value).toEqual(before);
  });

  it('throws for no path at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.integer(), (value, path, id) => {
        expect(() => withoutReferences(value as FieldValue, [reference(id, path)])).not.toThrow();
      }),
    );
  });
});

describe('createUidChanger', () => {
  const block = (uid: string, inner: FieldValue = null): FieldValue => ({
    id: 1,
    uid,
    type: 'quote',
    fields: { inner },
  });

  it('changes the uids of what is nested, at any depth, and nothing else', () => {
    const values = { blocks: [block('a', [block('b')])], table: [{ uid: 'kept' }], uid: 'kept', n: 1 };
    const copy = createUidChanger()(values) as any;
    expect(copy.blocks[0].uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(copy.blocks[0].fields.inner[0].uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(copy.blocks[0].uid).not.toBe(copy.blocks[0].fields.inner[0].uid);
    expect(copy).toMatchObject({ table: [{ uid: 'kept' }], uid: 'kept', n: 1 });
    expect(copy.blocks[0]).toMatchObject({ id: 1, type: 'quote' });
    expect(values.blocks[0]).toMatchObject({ uid: 'a' });
  });

  it('gives what had one uid one again, for the same copy only', () => {
    const change = createUidChanger();
    const [one, two] = [change({ a: block('x') }), change({ b: block('x') })] as any[];
    expect(one.a.uid).toBe(two.b.uid);
    expect((createUidChanger()({ a: block('x') }) as any).a.uid).not.toBe(one.a.uid);
  });
});
