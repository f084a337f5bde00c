/** The id of no account: looking it up is as much work as any other, where an answer must not tell who has one. */
export const NOBODY = 2_147_483_647;
