/** What the help begins with. */
export interface FirstPage {
  readonly slug: string;
  readonly title: string;
  readonly body: string;
  readonly below?: readonly FirstPage[];
}

export const FIRST_HELP: readonly FirstPage[] = [
  {
    slug: 'your-first-week',
    title: 'Your first week',
    body: 'Come on a Tuesday evening: somebody is always there then. Bring an apron and an old towel; **clay is here**, and so is tea.\n\nThe key hangs behind the third jar from the left.',
    below: [
      {
        slug: 'clay-and-wheels',
        title: 'Clay and wheels',
        body: 'There are two bodies: the grey one for the salt kiln, the white one for everything else. *Never* wedge them on the same board.\n\n- Take what you need and write it on the list.\n- Dry scraps go into the blue bucket, wet ones into the black.\n- Wheel 7 turns the other way. It is not broken.',
      },
      {
        slug: 'sweeping',
        title: 'Who sweeps the floor',
        body: 'Whoever used it, with water and never with a broom: clay dust stays in the lungs for good.',
      },
    ],
  },
  {
    slug: 'kilns',
    title: 'Kilns',
    body: 'We have one salt kiln and two electric ones. Everybody may load; only those who have done it three times with somebody else may light.',
    below: [
      {
        slug: 'big-firing',
        title: 'The big firing',
        body: 'Four times a year, a night and a day. Salt goes in at 1,240 °C, by the spoon, over two hours.',
        below: [
          {
            slug: 'what-may-go-in',
            title: 'What may go in',
            body: 'Raw stoneware on three balls of wadding, well dried. Nothing that has been glazed with lead or copper, and nothing that is wet: it blows up, and takes its neighbours along.',
          },
        ],
      },
      {
        slug: 'electric-kilns',
        title: 'The electric kilns',
        body: 'Put your name on the door. 980 °C for bisque, 1,220 °C for white stoneware. Open it below 100 °C and not before, however much you want to see it.',
      },
    ],
  },
];
