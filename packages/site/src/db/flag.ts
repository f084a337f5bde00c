/** 1 is true. */
export type Flag = 0 | 1;
