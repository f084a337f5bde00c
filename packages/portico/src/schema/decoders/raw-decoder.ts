import { ABSENT, type Decoder } from './decoder.ts';
import { rawText, rawValue } from './raw.ts';

/** Passes on what was sent, for the places of which the schema says nothing. */
export const rawDecoder: Decoder = {
  many: false,
  absent: () => ABSENT,
  one: rawText,
  node: rawValue,
};
