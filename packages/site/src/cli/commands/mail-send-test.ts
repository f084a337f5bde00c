import { textOf, type Command } from '../command.ts';

export const mailSendTest: Command = {
  name: 'mail send-test',
  summary: 'Sends a test mail now and says what the mail server answers.',
  options: {
    to: { type: 'string', value: '<email>', help: 'Who gets it.', required: true },
  },
  async run(values, io, site) {
    const to = textOf(values, 'to');
    io.print(await (await site()).sendTestMail(to));
  },
};
