import type { CliIo } from './cli-io.ts';
import { textOf } from './command.ts';
import { mailSendTest } from './commands/mail-send-test.ts';
import { migrate } from './commands/migrate.ts';
import { usersCreate } from './commands/users-create.ts';
import { usersLink } from './commands/users-link.ts';
import { usersPromote } from './commands/users-promote.ts';
import { usersSetPassword } from './commands/users-set-password.ts';
import { describeError } from './describe-error.ts';
import { commandHelp, generalHelp } from './help-text.ts';
import { parseCommand } from './parse-command.ts';
import type { SiteTasks } from './site-tasks.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS = [migrate, usersCreate, usersSetPassword, usersLink, usersPromote, mailSendTest];

/**
 * Runs the command that the arguments name and closes the site. Returns the exit code: 0 done, 1 it failed, 2 it was called
 * in a way it cannot be. `open` is called when a command needs the site, once, with the module that `--site` names.
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  open: (module: string | undefined) => Promise<SiteTasks>,
): Promise<number> {
  let site: Promise<SiteTasks> | undefined;
  try {
    const parsed = parseCommand(args, COMMANDS);
    if (parsed.kind === 'help') {
      io.print(parsed.command ? commandHelp(parsed.command) : generalHelp(COMMANDS));
      return 0;
    }
    const { command, values } = parsed;
    await command.run(values, io, () => (site ??= open(textOf(values, 'site') || undefined)));
    return 0;
  } catch (error) {
    for (const line of describeError(error)) io.printError(line);
    if (!(error instanceof UsageError)) return 1;
    io.printError('portico-site --help says what there is.');
    return 2;
  } finally {
    await close(site, io);
  }
}

async function close(site: Promise<SiteTasks> | undefined, io: CliIo): Promise<void> {
  try {
    await (await site)?.close();
  } catch (error) {
    for (const line of describeError(error)) io.printError(line);
  }
}
