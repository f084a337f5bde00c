import { textOf, USER_OPTION, type Command } from '../command.ts';

export const usersLink: Command = {
  name: 'users link',
  summary: 'Prints a link with which a user sets a password, once.',
  options: { user: USER_OPTION },
  details:
    'Links of before are worth nothing afterwards. Pass it on in private: whoever has it has the account.',
  async run(values, io, site) {
    const { email, link, closed } = await (await site()).issueLink(textOf(values, 'user'));
    io.print(`This link sets the password of ${email}, once:\n${link}`);
    if (closed !== undefined) io.print(`The account is ${closed}: nobody can sign in to it yet.`);
  },
};
