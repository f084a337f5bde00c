import { parseArgs } from 'node:util';
import { COMMON_OPTIONS, type Command, type CommandOption, type OptionValues } from './command.ts';
import { UsageError } from './usage-error.ts';

export type Parsed =
  | { readonly kind: 'help'; readonly command: Command | undefined }
  | { readonly kind: 'run'; readonly command: Command; readonly values: OptionValues };

const HELP = new Set(['--help', '-h', 'help']);

/** What the arguments ask for. Throws `UsageError` with a sentence that says what is wrong with them. */
export function parseCommand(args: readonly string[], commands: readonly Command[]): Parsed {
  const [first = ''] = args;
  if (HELP.has(first)) return { kind: 'help', command: findCommand(args.slice(1), commands) };
  const command = findCommand(args, commands);
  if (!command) throw new UsageError(unknownCommand(args, commands));
  const rest = args.slice(command.name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) return { kind: 'help', command };
  return { kind: 'run', command, values: parseOptions(rest, command) };
}

function findCommand(args: readonly string[], commands: readonly Command[]): Command | undefined {
  return commands.find(({ name }) => name.split(' ').every((word, at) => args[at] === word));
}

function unknownCommand(args: readonly string[], commands: readonly Command[]): string {
  if (args.length === 0) return 'Which command?';
  const [first = ''] = args;
  const group = commands.filter(({ name }) => name.startsWith(`${first} `));
  if (group.length > 0) return `Which one: ${group.map(({ name }) => name).join(', ')}?`;
  return `There is no command ${JSON.stringify(first)}.`;
}

function parseOptions(args: readonly string[], command: Command): OptionValues {
  refusePassword(args);
  const options = { ...command.options, ...COMMON_OPTIONS };
  const values = parsed(args, options);
  for (const [name, option] of Object.entries(options)) {
    const isNeeded = option.required === true || (name === 'site' && values[name] !== undefined);
    if (!isNeeded || (values[name] !== undefined && values[name] !== '')) continue;
    throw new UsageError(`--${name} ${option.value ?? ''} is missing.`.replace(/ {2,}/, ' '));
  }
  return values;
}

function parsed(args: readonly string[], options: Readonly<Record<string, CommandOption>>): OptionValues {
  const types = Object.entries(options).map(([name, { type }]) => [name, { type }] as const);
  try {
    return parseArgs({ args: [...args], options: Object.fromEntries(types), strict: true }).values;
  } catch (error) {
    // Node names the option or the argument that is wrong; the advice about `--` that follows has no use here.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`, { cause: error });
  }
}

/** Whoever lists the processes of a machine reads their arguments, and so does the shell's history. */
function refusePassword(args: readonly string[]): void {
  if (!args.some((arg) => /^--(?:new-?)?password(?:=|$)/i.test(arg))) return;
  throw new UsageError(
    'A password is not taken as an argument, where others on this machine can read it. Leave it out to be asked, or ' +
      'send it to standard input.',
  );
}
