import { COMMON_OPTIONS, type Command, type CommandOption } from './command.ts';

const ENVIRONMENT = `Environment:
  DATABASE_URL  sqlite:path or postgres://…   (default: a SQLite file in the data folder)
  DATA_DIR      folder of what is kept on disk (default: .data)
  SITE_URL      the site's public address, for links
  SMTP_URL      smtp://user:password@host:587  (default: the dev mailbox)`;

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries({ ...command.options, ...COMMON_OPTIONS });
  const usage = options.flatMap(([name, option]) => {
    const shown = spelled(name, option);
    if (name === 'help') return [];
    return option.required === true ? shown : `[${shown}]`;
  });
  const rows = options.map(([name, option]): readonly [string, string] => [
    spelled(name, option),
    option.help,
  ]);
  return [
    `portico-site ${[command.name, ...usage].join(' ')}`,
    command.summary,
    `Options:\n${table(rows)}`,
    ...(command.details === undefined ? [] : [command.details]),
    ENVIRONMENT,
  ].join('\n\n');
}

/** The help of the whole program. */
export function generalHelp(commands: readonly Command[]): string {
  return [
    'portico-site <command> [options]',
    `Commands:\n${table(commands.map(({ name, summary }) => [name, summary]))}`,
    'portico-site <command> --help says more of one.',
    ENVIRONMENT,
  ].join('\n\n');
}

function spelled(name: string, { value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

function table(rows: ReadonlyArray<readonly [string, string]>): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
}
