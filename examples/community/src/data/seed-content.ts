import type { Member } from './members.ts';
import type { NewPost } from './posts.ts';
import type { NewProduct } from './products.ts';

export const MEMBERS: ReadonlyArray<Omit<Member, 'photoUrl'>> = [
  { id: 'ines', name: 'Inês Duarte', craft: 'Throws jugs, fires on Thursdays' },
  { id: 'tomasz', name: 'Tomasz Wilk', craft: 'Keeps the glaze notebook' },
  { id: 'ruth', name: 'Ruth Abara', craft: 'Handbuilds, never centres anything' },
  { id: 'kenji', name: 'Kenji Mori', craft: 'Tea bowls and kiln repairs' },
];

type SeedPost = NewPost & {
  readonly likedBy: readonly string[];
  readonly comments: ReadonlyArray<readonly [createdAt: string, authorId: string, body: string]>;
};

export const POSTS: readonly SeedPost[] = [
  {
    title: 'What the salt does',
    authorId: 'ines',
    createdAt: '2026-03-02T18:40:00.000Z',
    body: `Nobody glazes a salt pot. You put the bare thing in the kiln, and at the very top of the firing you throw in salt, wet and by the handful, and shut your eyes. The salt turns to vapour, the vapour finds the silica in the clay, and the glaze grows out of the wall of the pot itself. That is why it looks like skin rather than paint.

We salted twelve kilos on Thursday, in four rounds, ten minutes apart. The cones by the spy hole went down together, which has not happened since we rebuilt the flue. What came out is grey, with the pitted surface the old potters called orange peel, and a blush of iron brown wherever a pot faced the flame.

The blue is cobalt, brushed on before the firing and nothing done to it since. It ran a little on the shoulders of the tall jugs. I meant to be annoyed about that and find I am not.

If you had pots in the front stack, they are on the drying shelf, still warm. Bring newspaper.`,
    likedBy: ['tomasz', 'ruth', 'kenji'],
    comments: [
      [
        '2026-03-03T07:12:00.000Z',
        'kenji',
        'The two bowls from the bottom shelf rang like bells. Whatever you did with the damper, write it down.',
      ],
      [
        '2026-03-03T19:50:00.000Z',
        'ines',
        'Half a brick in, then forgot about it. That is the whole secret.',
      ],
    ],
  },
  {
    title: 'A glaze notebook is a diary of mistakes',
    authorId: 'tomasz',
    createdAt: '2026-02-19T09:15:00.000Z',
    body: `The studio notebook has 214 recipes in it. I counted while waiting for a bisque to cool. Of those, perhaps thirty are any good, and nine are good every time.

I used to think the other 184 should be torn out. Then last month somebody asked why we never add more than eight per cent of rutile, and there it was, in a hand I do not recognise, dated 1998: "10% — like toast." That page saved us a kiln load of toast.

So the rule from now on is simple. Write the recipe before the firing and the result after it, even when the result is embarrassing. Glue a chip of the test tile on the page. Sign it. Somebody you will never meet is going to be grateful.`,
    likedBy: ['ruth', 'ines'],
    comments: [
      [
        '2026-02-20T12:30:00.000Z',
        'ruth',
        'The 1998 hand is Margit. She also wrote "never again (again)" on the copper red page.',
      ],
    ],
  },
  {
    title: 'Handbuilding for people who gave up on the wheel',
    authorId: 'ruth',
    createdAt: '2026-01-28T20:05:00.000Z',
    body: `Every spring a few people come to me quietly and say they are thinking of leaving, because after ten weeks they still cannot centre two kilos of clay. I tell them that I cannot either, and that I have been a member for eleven years.

A coil, a slab, a pinch: that is all there is to it. You can make a jar as tall as your arm with no more equipment than a table. The wall remembers your fingers, which a thrown wall politely forgets.

Tuesdays at seven, the long table by the window. Bring a wooden spoon you do not love any more. We will paddle something into shape.`,
    likedBy: ['kenji'],
    comments: [],
  },
  {
    title: 'The kiln is cracked, and that is fine',
    authorId: 'kenji',
    createdAt: '2026-01-11T07:30:00.000Z',
    body: `There is a crack in the arch as wide as a coin. Several of you have sent me photographs of it, with arrows.

A brick arch moves. It grows by about a finger's width on the way up to 1280 degrees and comes back on the way down, and after sixty firings it does not come back to quite the same place. The crack opens when it is cold and closes when it is hot, which is the right way round. I have packed it with fibre and I look at it before every firing.

What would worry me is a crack that stays open at temperature, and you would know about that one, because you would see the fire through it. Until then: keep loading, leave a hand's width below the arch, and please stop drawing arrows on my kiln.`,
    likedBy: ['ines', 'tomasz', 'ruth'],
    comments: [['2026-01-12T21:05:00.000Z', 'tomasz', 'I would like it noted that my arrow was in chalk.']],
  },
];

export const PRODUCTS: readonly NewProduct[] = [
  {
    name: 'Ridge jug',
    makerId: 'ines',
    createdAt: '2026-03-03T10:00:00.000Z',
    description:
      'A litre and a half, thrown in one piece, with a handle pulled from the same clay. It pours without a drip; that took four years.',
    variants: [
      { glaze: 'Bare salt', cents: 6800, stock: 3 },
      { glaze: 'Cobalt band', cents: 7400, stock: 1 },
    ],
  },
  {
    name: 'Long-table bowl',
    makerId: 'ruth',
    createdAt: '2026-02-20T10:00:00.000Z',
    description:
      'Coiled and paddled, so each is a little out of round. Holds salad for six, or one large loaf while it proves.',
    variants: [
      { glaze: 'Iron wash', cents: 5200, stock: 4 },
      { glaze: 'Ash', cents: 5600, stock: 2 },
    ],
  },
  {
    name: 'Morning tea bowl',
    makerId: 'kenji',
    createdAt: '2026-02-02T10:00:00.000Z',
    description:
      'Small enough to close both hands around. The foot is left bare so that you can see the clay it is made of.',
    variants: [{ glaze: 'Shino', cents: 2900, stock: 8 }],
  },
  {
    name: 'Pickle crock with weights',
    makerId: 'tomasz',
    createdAt: '2026-01-15T10:00:00.000Z',
    description:
      'Three litres, with a water channel around the lid and two half-moon weights. Salt-glazed inside and out.',
    variants: [{ glaze: 'Bare salt', cents: 8900, stock: 0 }],
  },
];
