import { textOf, type Command } from '../command.ts';
import type { CliIo } from '../cli-io.ts';
import { askPassword, readPassword } from '../read-password.ts';

export const usersCreate: Command = {
  name: 'users create',
  summary: 'Makes an account.',
  options: {
    email: { type: 'string', value: '<email>', help: 'Its e-mail address.', required: true },
    username: { type: 'string', value: '<name>', help: 'Default: the e-mail address.' },
    admin: { type: 'boolean', help: 'An administrator, who may do everything.' },
    'password-stdin': { type: 'boolean', help: 'Reads the password from standard input.' },
  },
  details:
    'On a terminal it asks for the password, and the account is active at once. Without one it is pending, and a link is ' +
    'printed that sets the password and activates it, good once: pass it on in private.',
  async run(values, io, site) {
    const password = await passwordFor(values['password-stdin'] === true, io);
    const { id, link } = await (
      await site()
    ).createUser({
      email: textOf(values, 'email'),
      username: textOf(values, 'username') || undefined,
      admin: values['admin'] === true,
      password: password || undefined,
    });
    io.print(`User ${id} was created.`);
    if (link !== undefined) io.print(`This link sets the password and activates the account, once:\n${link}`);
  },
};

async function passwordFor(fromInput: boolean, io: CliIo): Promise<string> {
  if (fromInput) return readPassword(io);
  return io.isTerminal ? askPassword(io, 'Password (nothing: print a link that sets it): ') : '';
}
