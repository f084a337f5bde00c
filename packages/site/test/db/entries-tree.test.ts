import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EntryStore } from '../../src/entries/entry-store.ts';
import { describeDatabases } from '../support/databases.ts';
import { changesOf, entryNamed, NO_DERIVED } from './entry-fixtures.ts';

const NOW = 1_700_000_000_000;

describeDatabases('entries of a structure', ({ kind, open }) => {
  async function opened() {
    const { database, kysely } = await open();
    const { entries } = database;
    const add = async (
      slug: string,
      parentId: number | null = null,
      placement: 'beginning' | 'end' = 'end',
      section = 'posts',
    ): Promise<number> =>
      (await entries.insert(entryNamed(slug, { parentId, section }), NO_DERIVED, placement, NOW)).id;
    /** The tree as indented slugs, from top to bottom. */
    const outline = async (section = 'posts'): Promise<string[]> => {
      const rows = await kysely
        .selectFrom('entries')
        .select('id')
        .where('section', '=', section)
        .where('deleted_at', 'is', null)
        .orderBy('sort_key')
        .execute();
      const found = await entries.findMany(rows.map(({ id }) => id));
      return found.map(({ level, sites }) => '-'.repeat(level - 1) + (sites['en']?.slug ?? ''));
    };
    return { ...database, kysely, add, outline };
  }

  async function move(entries: EntryStore, id: number, parentId: number | null): Promise<void> {
    const entry = (await entries.find(id))!;
    await entries.update(id, changesOf(entry, { parentId }), NO_DERIVED, NOW);
  }

  it('come first or last below their parents', async () => {
    const { add, outline } = await opened();
    const a = await add('a');
    await add('b');
    await add('first', null, 'beginning');
    await add('a1', a);
    const a0 = await add('a0', a, 'beginning');
    await add('a00', a0, 'beginning');
    await add('a2', a);
    await add('elsewhere', null, 'end', 'pages');
    expect(await outline()).toEqual(['first', 'a', '-a0', '--a00', '-a1', '-a2', 'b']);
    expect(await outline('pages')).toEqual(['elsewhere']);
  });

  it('are listed with all that is below them, parents before children', async () => {
    const { entries, add } = await opened();
    const a = await add('a');
    const b = await add('b', a);
    const c = await add('c', b);
    const d = await add('d', a);
    await add('e');
    expect((await entries.descendants(a)).map(({ id, parentId, level }) => [id, parentId, level])).toEqual([
      [b, a, 2],
      [c, b, 3],
      [d, a, 2],
    ]);
    expect(await entries.descendants(c)).toEqual([]);
  });

  it('move with all that is below them', async () => {
    const { entries, add, outline } = await opened();
    const a = await add('a');
    const a1 = await add('a1', a);
    await add('a11', a1);
    await add('a12', a1);
    const b = await add('b');
    const b1 = await add('b1', b);
    await move(entries, a1, b1);
    expect(await outline()).toEqual(['a', 'b', '-b1', '--a1', '---a11', '---a12']);
    await move(entries, a1, b);
    expect(await outline()).toEqual(['a', 'b', '-b1', '-a1', '--a11', '--a12']);
    await move(entries, a1, null);
    expect(await outline()).toEqual(['a', 'b', '-b1', 'a1', '-a11', '-a12']);
    // The same parent again changes no order.
    await move(entries, a, null);
    expect(await outline()).toEqual(['a', 'b', '-b1', 'a1', '-a11', '-a12']);
  });

  it('cannot come below themselves, another section, or nobody', async () => {
    const { entries, add, outline } = await opened();
    const a = await add('a');
    const b = await add('b', a);
    const c = await add('c', b);
    const page = await add('page', null, 'end', 'pages');
    const gone = await add('gone');
    await entries.delete(gone, NOW);
    for (const to of [a, b, c]) await expect(move(entries, a, to)).rejects.toThrow('below itself');
    await expect(move(entries, a, page)).rejects.toThrow('of the section pages');
    await expect(move(entries, a, gone)).rejects.toThrow('does not exist');
    await expect(move(entries, a, 99)).rejects.toThrow('99 does not exist');
    await expect(add('d', gone)).rejects.toThrow('does not exist');
    expect(await outline()).toEqual(['a', '-b', '--c']);
  });

  it('leave their children to their parent, in order, when they go', async () => {
    const { entries, add, outline } = await opened();
    const a = await add('a');
    const b = await add('b', a);
    await add('sibling', a);
    const y = await add('y', b);
    await add('y1', y);
    await add('z', b);
    await add('x', b, 'beginning');
    await add('end');
    await entries.delete(b, NOW);
    expect(await outline()).toEqual(['a', '-sibling', '-x', '-y', '--y1', '-z', 'end']);
    expect(await entries.find(y)).toMatchObject({ parentId: a, level: 2 });
    await entries.delete(a, NOW);
    expect(await outline()).toEqual(['end', 'sibling', 'x', 'y', '-y1', 'z']);
    expect(await entries.find(y)).toMatchObject({ parentId: null, level: 1 });
  });

  it('come back at the end, and from there below any parent', async () => {
    const { entries, add, outline } = await opened();
    const a = await add('a');
    const b = await add('b', a);
    await add('c', a);
    await add('d');
    await entries.delete(b, NOW);
    expect(await entries.findDeleted(b)).toMatchObject({ parentId: a });
    await entries.restore(b, NOW);
    expect(await entries.find(b)).toMatchObject({ parentId: null, level: 1 });
    expect(await outline()).toEqual(['a', '-c', 'd', 'b']);
    await move(entries, b, a);
    expect(await outline()).toEqual(['a', '-c', '-b', 'd']);
  });

  it('outlive a parent that is purged', async () => {
    const { entries, add, outline } = await opened();
    const a = await add('a');
    const b = await add('b', a);
    await entries.delete(b, NOW);
    await entries.delete(a, NOW);
    expect(await entries.purgeDeleted(NOW + 1)).toBe(2);
    expect(await outline()).toEqual([]);
  });

  it('may be three hundred levels deep', async () => {
    const { entries, kysely, add } = await opened();
    const root = await add('root');
    let { sort_key: key } = await kysely.selectFrom('entries').select('sort_key').executeTakeFirstOrThrow();
    const chain = Array.from({ length: 298 }, (_, n) => ({
      uid: `level ${n + 2}`,
      section: 'posts',
      type: 'post',
      draft: 0 as const,
      enabled: 1 as const,
      parent_id: root + n,
      level: n + 2,
      sort_key: (key += `/${5_000_000_000 + ((n * 7919) % 1000)}`),
      version: 1,
      last_revision: 0,
      created_at: NOW,
      updated_at: NOW,
    }));
    await kysely.insertInto('entries').values(chain).execute();
    const leaf = await add('leaf', root + chain.length);
    expect(await entries.find(leaf)).toMatchObject({ level: 300 });
    expect(await entries.descendants(root)).toHaveLength(299);
    await entries.delete(root, NOW);
    expect(await entries.find(leaf)).toMatchObject({ level: 299 });
    await move(entries, leaf, null);
    expect(await entries.find(leaf)).toMatchObject({ level: 1 });
  });

  it('stand one after the other however many come at once', async () => {
    const [one, other] = [(await open()).database, (await open()).database];
    const slugs = Array.from({ length: 12 }, (_, n) => `s${n}`);
    await Promise.all(
      slugs.map((slug, n) =>
        (n % 2 === 0 ? one : other).entries.insert(entryNamed(slug), NO_DERIVED, 'end', NOW),
      ),
    );
    const keys = await (await open()).kysely.selectFrom('entries').select('sort_key').execute();
    expect(new Set(keys.map(({ sort_key }) => sort_key)).size).toBe(slugs.length);
  });

  it('stay the tree that they are, whatever is done', async () => {
    const { entries, outline, kysely } = await opened();
    const act = fc.record({
      kind: fc.constantFrom(
        'insert' as const,
        'insert' as const,
        'first' as const,
        'move' as const,
        'delete' as const,
        'restore' as const,
      ),
      on: fc.nat(30),
      to: fc.nat(30),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
        await kysely.deleteFrom('entries').execute();
        const model = createModel();
        for (const { kind: verb, on, to } of acts) {
          const target = model.pick(to);
          if (verb === 'insert' || verb === 'first') {
            const placement = verb === 'first' ? 'beginning' : 'end';
            const slug = `n${model.made++}`;
            const given = entryNamed(slug, { parentId: target?.id ?? null });
            const { id } = await entries.insert(given, NO_DERIVED, placement, NOW);
            model.insert({ id, slug, children: [] }, target, placement);
            continue;
          }
          if (verb === 'restore') {
            const node = model.deleted.pop();
            if (node === undefined) continue;
            await entries.restore(node.id, NOW);
            model.insert(node, undefined, 'end');
            continue;
          }
          const node = model.pick(on);
          if (node === undefined) continue;
          if (verb === 'delete') {
            await entries.delete(node.id, NOW);
            model.remove(node);
          } else if (target !== undefined && model.holds(node, target)) {
            await expect(move(entries, node.id, target.id)).rejects.toThrow('below itself');
          } else if (model.parentOf(node) !== target) {
            await move(entries, node.id, target?.id ?? null);
            model.move(node, target);
          }
        }
        expect(await outline()).toEqual(model.outline());
        const all = model.all();
        const found = await entries.findMany(all.map(({ id }) => id));
        expect(found.map(({ parentId }) => parentId)).toEqual(
          all.map((node) => model.parentOf(node)?.id ?? null),
        );
      }),
      { numRuns: kind === 'sqlite' ? 50 : 8 },
    );
  }, 60_000);
});

interface Node {
  readonly id: number;
  readonly slug: string;
  readonly children: Node[];
}

/** A tree of lists: what the table must be the same as. */
function createModel() {
  const roots: Node[] = [];
  const deleted: Node[] = [];
  const below = (nodes: readonly Node[]): Node[] => nodes.flatMap((node) => [node, ...below(node.children)]);
  const parentOf = (node: Node): Node | undefined =>
    below(roots).find(({ children }) => children.includes(node));
  const siblings = (parent: Node | undefined): Node[] => parent?.children ?? roots;
  const detach = (node: Node): void => {
    const list = siblings(parentOf(node));
    list.splice(list.indexOf(node), 1);
  };
  const lines = (nodes: readonly Node[], level: number): string[] =>
    nodes.flatMap(({ slug, children }) => ['-'.repeat(level) + slug, ...lines(children, level + 1)]);

  return {
    made: 0,
    deleted,
    parentOf,
    all: () => below(roots),
    /** Any node, or the top. */
    pick: (n: number): Node | undefined => [undefined, ...below(roots)][n % (below(roots).length + 1)],
    holds: (node: Node, other: Node): boolean => below([node]).includes(other),
    insert(node: Node, parent: Node | undefined, placement: 'beginning' | 'end'): void {
      if (placement === 'end') siblings(parent).push(node);
      else siblings(parent).unshift(node);
    },
    move(node: Node, parent: Node | undefined): void {
      detach(node);
      siblings(parent).push(node);
    },
    remove(node: Node): void {
      const parent = parentOf(node);
      detach(node);
      siblings(parent).push(...node.children.splice(0));
      deleted.push(node);
    },
    outline: (): string[] => lines(roots, 0),
  };
}
