import { textOf, USER_OPTION, type Command } from '../command.ts';
import { askPassword, readPassword } from '../read-password.ts';

export const usersSetPassword: Command = {
  name: 'users set-password',
  summary: 'Gives a user another password and ends all their sessions.',
  options: {
    user: USER_OPTION,
    'password-stdin': { type: 'boolean', help: 'Reads the password from standard input, on a terminal too.' },
  },
  details: 'On a terminal it asks for the password, else it reads it from standard input.',
  async run(values, io, site) {
    const asks = io.isTerminal && values['password-stdin'] !== true;
    const password = asks ? await askPassword(io, 'New password: ') : await readPassword(io);
    if (password === '') throw new Error('There was no password. Nothing was changed.');
    const { email, closed } = await (await site()).setPassword(textOf(values, 'user'), password);
    io.print(`${email} has a new password. All sessions of this user have ended.`);
    if (closed !== undefined) io.print(`The account is ${closed}: nobody can sign in to it yet.`);
  },
};
