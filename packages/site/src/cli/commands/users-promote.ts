import { textOf, USER_OPTION, type Command } from '../command.ts';

export const usersPromote: Command = {
  name: 'users promote',
  summary: 'Makes a user an administrator, who may do everything.',
  options: {
    user: USER_OPTION,
    demote: { type: 'boolean', help: 'Takes it away again. The last administrator stays one.' },
  },
  async run(values, io, site) {
    const admin = values['demote'] !== true;
    const { email, closed } = await (await site()).setAdmin(textOf(values, 'user'), admin);
    io.print(admin ? `${email} is an administrator.` : `${email} is no administrator.`);
    if (closed !== undefined) io.print(`The account is ${closed}: nobody can sign in to it yet.`);
  },
};
