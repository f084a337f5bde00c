/** What somebody may do who does one thing to accounts, each with what it is nested in: `user({ permissions: ROLES.moderator })`. */
const EDITS = ['viewusers', 'editusers'];

export const ROLES = {
  viewer: ['viewusers'],
  editor: EDITS,
  registrar: [...EDITS, 'registerusers'],
  moderator: [...EDITS, 'moderateusers'],
  administrator: [...EDITS, 'administrateusers'],
  impersonator: [...EDITS, 'administrateusers', 'impersonateusers'],
  deleter: ['viewusers', 'deleteusers'],
  assigner: [...EDITS, 'assignuserpermissions'],
} as const;
