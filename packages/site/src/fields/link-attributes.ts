import { isStorableText } from '../lib/storable-text.ts';
import { ownValue } from './posted-record.ts';
import { postedText } from './posted-text.ts';

/** What a link may have beside its target. */
export interface LinkAttributes {
  /** What is shown in place of the address. */
  readonly label?: string;
  /** What follows the address: `?utm=x`, `#part`, `/more`. */
  readonly urlSuffix?: string;
  readonly target?: string;
  readonly title?: string;
  readonly class?: string;
  readonly id?: string;
  readonly rel?: string;
  readonly ariaLabel?: string;
  readonly download?: boolean;
  readonly filename?: string;
}

export type LinkAttribute = keyof LinkAttributes;
type TextAttribute = Exclude<LinkAttribute, 'download'>;

const MAX_LENGTH = 255;
const ON = new Set<unknown>([true, 1, '1', 'true', 'on', 'yes']);
const OFF = new Set<unknown>([false, 0, '0', 'false', 'off', 'no', null]);

const anyText = (): boolean => true;
const RULES: Readonly<Record<TextAttribute, (text: string) => boolean>> = {
  label: anyText,
  title: anyText,
  ariaLabel: anyText,
  urlSuffix: (text) => /^[?#/][\w!$&'()*+,;=:@%/?#.~[\]-]*$/.test(text),
  target: (text) => /^_(?:blank|self|parent|top)$/.test(text),
  class: (text) => !/["'<>&]/.test(text),
  id: (text) => !/[\s"'<>&]/.test(text),
  rel: (text) => /^[a-z][a-z -]*$/i.test(text),
  filename: (text) => !/[/\\<>:"|?*\p{Cc}]/u.test(text) && !text.startsWith('.'),
};

export const LINK_ATTRIBUTES: readonly LinkAttribute[] = [
  ...(Object.keys(RULES) as TextAttribute[]),
  'download',
];

/** The attributes that were posted, blank ones left out, and the sentences about those that are wrong, by name. */
export function readAttributes(posted: Readonly<Record<string, unknown>>): {
  readonly attributes: LinkAttributes;
  readonly errors: Readonly<Record<string, readonly string[]>>;
} {
  const attributes: { -readonly [Name in TextAttribute]?: string } & { download?: boolean } = {};
  const errors: Record<string, readonly string[]> = {};
  for (const [name, isRight] of Object.entries(RULES) as Array<[TextAttribute, (text: string) => boolean]>) {
    const text = postedText(ownValue(posted, name));
    if (text === null) continue;
    const fault = text === undefined ? 'must be text.' : faultOf(text, isRight);
    if (fault === undefined && text !== undefined) attributes[name] = text;
    else errors[name] = [`${NAMES[name]} of the link ${fault}`];
  }
  const download = ownValue(posted, 'download');
  const isOn =
    typeof download === 'string' ? (postedText(download)?.toLowerCase() ?? null) : (download ?? null);
  if (ON.has(isOn)) attributes.download = true;
  else if (!OFF.has(isOn)) errors['download'] = ['Download of the link must be on or off.'];
  return { attributes, errors };
}

const NAMES: Readonly<Record<TextAttribute, string>> = {
  label: 'The label',
  title: 'The title',
  ariaLabel: 'The ARIA label',
  urlSuffix: 'The URL suffix',
  target: 'The target',
  class: 'The class',
  id: 'The id',
  rel: 'The rel',
  filename: 'The file name',
};

function faultOf(text: string, isRight: (text: string) => boolean): string | undefined {
  if (!isStorableText(text)) return 'has characters that cannot be stored.';
  if (text.length > MAX_LENGTH) return `should contain at most ${MAX_LENGTH} characters.`;
  return isRight(text) ? undefined : 'is not valid.';
}
