import type { CliIo } from './cli-io.ts';

/** A password from standard input: all of it but the line break at its end. Throws where there is none. */
export async function readPassword(io: CliIo): Promise<string> {
  const password = (await io.readInput()).replace(/\r?\n$/, '');
  if (password === '') throw new Error('There was no password on standard input.');
  return password;
}

/** Asks for a password twice. '' where none was given. Throws if the two differ. */
export async function askPassword(io: CliIo, question: string): Promise<string> {
  const password = await io.askHidden(question);
  if (password !== '' && (await io.askHidden('Once more: ')) !== password) {
    throw new Error('The two passwords are not the same. Nothing was changed.');
  }
  return password;
}
