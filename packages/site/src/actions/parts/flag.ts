import { z } from 'zod';

/** A switch that may be left out. Scripts that talk to Craft send 1 and 0 for it. */
export const flag = z
  .preprocess(
    (value: boolean | 0 | 1 | '0' | '1') => ({ 0: false, 1: true })[String(value)] ?? value,
    z.boolean(),
  )
  .optional();
