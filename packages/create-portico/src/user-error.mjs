/** Something that whoever runs the command can put right; its message says how, and no stack is of use. */
export class UserError extends Error {
  /** @param {string} message */
  constructor(message) {
    super(message);
    this.name = 'UserError';
  }
}
