import { field, type CurrentUser, type ValuesOf } from '@portico/site';

/** What the studio keeps of its members beside name and address: one of each kind. `frontend`: theirs to write. */
export const userFields = {
  craft: field.text({
    frontend: true,
    label: 'Your craft',
    instructions: 'A few words that stand under your name: “Tea bowls and kiln repairs”.',
    charLimit: 60,
  }),
  about: field.text({ frontend: true, label: 'About you', multiline: true, charLimit: 600 }),
  since: field.date({ frontend: true, label: 'At the wheel since', min: '1930-01-01' }),
  firing: field.dropdown({
    frontend: true,
    label: 'Favourite firing',
    options: [
      { value: 'salt', label: 'Salt' },
      { value: 'wood', label: 'Wood' },
      { value: 'raku', label: 'Raku' },
      { value: 'electric', label: 'Electric, and no shame in it' },
    ],
  }),
  pots: field.number({ frontend: true, label: 'Pots a month', min: 0, max: 5_000, decimals: 0 }),
  orders: field.email({
    frontend: true,
    label: 'Address for orders',
    instructions: 'If customers should write to another address than the one you sign in with.',
  }),
  kilnOpenings: field.lightswitch({ frontend: true, label: 'Tell me when the kiln is opened' }),
  key: field.text({ label: 'Number of the studio key', instructions: 'The studio fills this in.' }),
} as const;

type Values = ValuesOf<typeof userFields>;

/** The fields of a user with their types; `ctx.user.fields` is any JSON, and lacks what was never set. */
export function valuesOf({ fields }: Pick<CurrentUser, 'fields'>): Partial<Values> {
  return fields as Partial<Values>;
}
