import { expectTypeOf } from 'vitest';
import {
  createSite,
  entryType,
  field,
  section,
  type EntryType,
  type PlannedStep,
  type Section,
  type SiteOptions,
} from '../../src/index.ts';

const post = entryType(
  'post',
  { body: field.text(), pages: field.number() },
  { id: 2, titleLabel: 'Headline' },
);
expectTypeOf(post.handle).toEqualTypeOf<'post'>();
expectTypeOf<keyof typeof post.fields>().toEqualTypeOf<'body' | 'pages'>();
expectTypeOf(post).toExtend<EntryType>();

const posts = section({ handle: 'posts', type: 'channel', entryTypes: [post], uriFormat: 'posts/{slug}' });
expectTypeOf(posts.handle).toEqualTypeOf<'posts'>();
expectTypeOf(posts.entryTypes).toEqualTypeOf<readonly [typeof post]>();
expectTypeOf(posts).toExtend<Section>();

// @ts-expect-error a type has fields
entryType('post');
// @ts-expect-error a field is made by field.text() and its like
entryType('post', { body: 'text' });
// @ts-expect-error no such option
entryType('post', {}, { titleFields: true });
// @ts-expect-error a number, for templates that came from Craft
entryType('post', {}, { id: '2' });
// @ts-expect-error a section has entry types
section({ handle: 'posts', type: 'channel' });
// @ts-expect-error no such kind of section
section({ handle: 'posts', type: 'stream', entryTypes: [post] });
// @ts-expect-error an entry type is made by entryType()
section({ handle: 'posts', type: 'channel', entryTypes: [{ body: field.text() }] });
// @ts-expect-error a number
section({ handle: 'posts', type: 'structure', entryTypes: [post], maxLevels: 'two' });
// @ts-expect-error no such way to propagate
section({ handle: 'posts', type: 'channel', entryTypes: [post], propagationMethod: 'some' });
// @ts-expect-error `uriFormat`
section({ handle: 'posts', type: 'channel', entryTypes: [post], sites: { de: { uri: 'posts/{slug}' } } });

// Options may be frozen, and stand in a file of their own.
const options = {
  sites: [
    { handle: 'en', language: 'en', primary: true },
    { handle: 'de', id: 2, language: 'de', baseUrl: '/de' },
  ],
  sections: [posts, section({ handle: 'about', type: 'single', entryTypes: [entryType('page', {})] })],
} as const satisfies SiteOptions;

const site = createSite(options);
// @ts-expect-error no such section
site.entries('news');
expectTypeOf(await site.plan()).toEqualTypeOf<readonly PlannedStep[]>();
expectTypeOf((await site.plan({ drop: true }))[0]?.effect).toEqualTypeOf<
  'change' | 'loss' | 'kept' | 'note' | undefined
>();
// @ts-expect-error no such option
void site.migrate({ force: true });
// @ts-expect-error a site has a language
createSite({ sites: [{ handle: 'en' }] });
// @ts-expect-error made by section()
createSite({ sections: [{ handle: 'posts', type: 'channel', entryTypes: [post] }] });
