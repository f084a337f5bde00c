import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import type { Markup } from './markup.ts';

// Half widths of a vessel from rim to foot, in a box 120 wide and 140 high.
interface Shape {
  readonly rim: number;
  readonly neck: number;
  readonly belly: number;
  readonly foot: number;
  /** Where it begins, and where neck and belly are, from the top. */
  readonly top: number;
  readonly neckAt: number;
  readonly bellyAt: number;
  readonly handle: boolean;
}

const CENTRE = 60;
const BOTTOM = 140;

type Vary = (from: number, to: number) => number;

const SHAPES: ReadonlyArray<readonly [name: RegExp, shape: (vary: Vary) => Shape]> = [
  [
    /jug|pitcher/i,
    (vary) => ({
      rim: vary(17, 21),
      neck: vary(14, 17),
      belly: vary(32, 40),
      foot: vary(20, 26),
      top: vary(8, 22),
      neckAt: vary(38, 48),
      bellyAt: vary(78, 98),
      handle: true,
    }),
  ],
  [
    /bowl|dish|plate/i,
    (vary) => ({
      rim: vary(46, 54),
      neck: vary(44, 50),
      belly: vary(34, 42),
      foot: vary(14, 20),
      top: vary(72, 84),
      neckAt: vary(92, 98),
      bellyAt: vary(108, 116),
      handle: false,
    }),
  ],
  [
    /bottle|vase|flask/i,
    (vary) => ({
      rim: vary(10, 13),
      neck: vary(7, 9),
      belly: vary(34, 42),
      foot: vary(22, 28),
      top: vary(6, 18),
      neckAt: vary(44, 58),
      bellyAt: vary(88, 104),
      handle: false,
    }),
  ],
  [
    /jar|crock|pot/i,
    (vary) => ({
      rim: vary(25, 30),
      neck: vary(22, 26),
      belly: vary(40, 48),
      foot: vary(26, 32),
      top: vary(26, 40),
      neckAt: vary(44, 52),
      bellyAt: vary(80, 96),
      handle: false,
    }),
  ],
  [
    /beaker|cup|mug|tumbler/i,
    (vary) => ({
      rim: vary(24, 30),
      neck: vary(22, 26),
      belly: vary(25, 30),
      foot: vary(20, 25),
      top: vary(50, 66),
      neckAt: vary(80, 88),
      bellyAt: vary(104, 116),
      handle: false,
    }),
  ],
];

/**
 * A drawing of a pot: always the same for the same name, another one for another, and a jug where the name speaks of a jug.
 * Nothing of it needs reading out. `drawing` tells several of one pot on a page apart.
 */
export function pot(name: string, className = '', drawing = ''): Markup {
  const bytes = createHash('sha256').update(name).digest();
  let at = 1;
  const vary: Vary = (from, to) => from + ((bytes[at++ % bytes.length] ?? 0) / 255) * (to - from);
  const [, shapeOf] =
    SHAPES.find(([words]) => words.test(name)) ?? SHAPES[(bytes[0] ?? 0) % SHAPES.length] ?? [];
  if (!shapeOf) return '';
  const shape = shapeOf(vary);
  const id = `pot-${bytes.toString('hex', 0, 6)}${drawing}`;
  return html`<svg class="pot clay-${(bytes[20] ?? 0) % 4} ${className}" viewBox="0 0 120 140" aria-hidden="true" focusable="false">
    ${shape.handle ? handle(shape) : ''}
    <clipPath id="${id}"><path d="${outline(shape)}" /></clipPath>
    <g clip-path="url(#${id})">
      <rect class="pot-body" width="120" height="140" />
      ${decoration((bytes[21] ?? 0) % 4, shape, vary)}
      <path class="pot-shade" d="M${round(CENTRE + shape.belly * 0.28)} 0H120V140H${round(CENTRE + shape.belly * 0.1)}Q${round(CENTRE + shape.belly * 0.62)} ${round(shape.bellyAt)} ${round(CENTRE + shape.belly * 0.28)} 0Z" />
      <rect class="pot-rim" y="${round(shape.top)}" width="120" height="3" />
    </g>
  </svg>`;
}

function outline({ rim, neck, belly, foot, top, neckAt, bellyAt }: Shape): string {
  const stations: ReadonlyArray<readonly [half: number, y: number]> = [
    [rim, top],
    [neck, neckAt],
    [belly, bellyAt],
    [foot, BOTTOM],
  ];
  const side = (sign: 1 | -1, points: typeof stations): string =>
    points
      .slice(1)
      .map(([half, y], index) => {
        const [before, from] = points[index] ?? [half, y];
        const middle = round((from + y) / 2);
        return `C${round(CENTRE + sign * before)} ${middle} ${round(CENTRE + sign * half)} ${middle} ${round(CENTRE + sign * half)} ${round(y)}`;
      })
      .join('');
  return `M${round(CENTRE - rim)} ${round(top)}${side(-1, stations)}H${round(CENTRE + foot)}${side(1, stations.toReversed())}Z`;
}

function handle({ neck, belly, top, bellyAt }: Shape): Markup {
  const from = round(top + 8);
  const to = round(bellyAt - 8);
  return html`<path class="pot-handle" d="M${round(CENTRE + neck)} ${from}C${round(CENTRE + belly + 16)} ${from} ${round(CENTRE + belly + 18)} ${to} ${round(CENTRE + belly - 5)} ${to}" />`;
}

function decoration(kind: number, { neckAt, bellyAt, belly }: Shape, vary: Vary): Markup {
  const y = round(bellyAt - vary(4, 12));
  if (kind === 0)
    return raw(
      `<rect class="pot-glaze" y="${y - 8}" width="120" height="9"/><rect class="pot-glaze" y="${y + 5}" width="120" height="2.5"/>`,
    );
  if (kind === 1) {
    return raw(
      `<path class="pot-glaze" d="M0 0H120V${round(neckAt + 8)}Q${CENTRE + 20} ${round(neckAt + vary(4, 26))} ${CENTRE + 4} ${round(neckAt + 12)}T0 ${round(neckAt + vary(4, 22))}Z"/>`,
    );
  }
  if (kind === 2) {
    const step = belly / 3.2;
    const dots = Array.from(
      { length: 9 },
      (_, index) =>
        `<circle class="pot-glaze" cx="${round(CENTRE + (index - 4) * step)}" cy="${y}" r="3.6"/>`,
    );
    return raw(`${dots.join('')}<rect class="pot-glaze" y="${y + 10}" width="120" height="2"/>`);
  }
  const wave = Array.from({ length: 8 }, (_, index) => `q7.5 ${index % 2 === 0 ? -9 : 9} 15 0`).join('');
  return raw(`<path class="pot-line" d="M0 ${y}${wave}"/><path class="pot-line" d="M0 ${y + 8}${wave}"/>`);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
