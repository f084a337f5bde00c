import { COMMON_OPTIONS, type Command, type CommandOption } from './command.ts';
import { APP_FILES } from './find-app.ts';

export function generalHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Usage: portico COMMAND [options]',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'portico COMMAND --help says what a command takes. The app is what the first of these files exports as `portico`:',
    `  ${APP_FILES.join(', ')} (.ts, .mts, .js, .mjs)`,
  ].join('\n');
}

export function commandHelp({ name, summary, options }: Command): string {
  const all = Object.entries({ ...options, ...COMMON_OPTIONS });
  const spelled = all.map(([option, given]) => spelling(option, given));
  const width = Math.max(...spelled.map(({ length }) => length));
  return [
    `Usage: portico ${name} [options]`,
    '',
    summary,
    '',
    ...all.map(([, { help }], index) => `  ${(spelled[index] ?? '').padEnd(width)}  ${help}`),
  ].join('\n');
}

function spelling(name: string, { value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}
