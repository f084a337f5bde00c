import { parseArgs } from 'node:util';
import type { CliIo } from './cli-io.ts';
import { COMMON_OPTIONS, type Command, type OptionValues } from './command.ts';
import { actions } from './commands/actions.ts';
import { doctor } from './commands/doctor.ts';
import { openapi } from './commands/openapi.ts';
import { describeError } from './describe-error.ts';
import { commandHelp, generalHelp } from './help-text.ts';
import { UsageError } from './usage-error.ts';

const COMMANDS: readonly Command[] = [doctor, actions, openapi];
const HELP: ReadonlySet<string> = new Set(['help', '--help', '-h']);

/** Runs the command that the arguments name. Gives the exit code: 0 done, 1 something is wrong, 2 it was called in a way it cannot be. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const [first = '', ...rest] = args;
  const command = COMMANDS.find(({ name }) => name === first);
  try {
    if (HELP.has(first)) {
      const about = COMMANDS.find(({ name }) => name === rest[0]);
      io.print(about ? commandHelp(about) : generalHelp(COMMANDS));
      return 0;
    }
    if (!command) {
      throw new UsageError(first === '' ? 'Which command?' : `There is no command ${JSON.stringify(first)}.`);
    }
    const values = parsed(rest, command);
    if (values['help'] !== true) return await command.run(values, io);
    io.print(commandHelp(command));
    return 0;
  } catch (error) {
    for (const line of describeError(error, io.folder)) io.printError(line);
    if (!(error instanceof UsageError)) return 1;
    io.printError(`\n${command ? commandHelp(command) : generalHelp(COMMANDS)}`);
    return 2;
  }
}

function parsed(args: readonly string[], { options }: Command): OptionValues {
  const types = Object.entries({ ...options, ...COMMON_OPTIONS }).map(
    ([name, { type }]) => [name, { type }] as const,
  );
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(types), strict: true }).values;
  } catch (error) {
    // Node names what is wrong; the advice about `--` that follows has no use here.
    const [sentence = ''] = (error as Error).message.split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`, { cause: error });
  }
}
