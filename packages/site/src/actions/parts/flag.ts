import { z } from 'zod';
import { mustBe } from './must-be.ts';

const SWITCHES: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [0, false],
  ['0', false],
  ['', false],
  [1, true],
  ['1', true],
]);

/** A switch that may be left out. Scripts that talk to Craft send 1 and 0 for it, and '' for what a form leaves blank. */
export const flag = z
  .preprocess(
    (value: boolean | 0 | 1 | '0' | '1' | '') => SWITCHES.get(value) ?? value,
    z.boolean(mustBe('1 or 0')),
  )
  .optional();
