import { createInterface } from 'node:readline/promises';
import { projectName } from './check-target.mjs';
import { DEFAULTS, isHost } from './choices.mjs';
import { UserError } from './user-error.mjs';

/** @typedef {import('./choices.mjs').Choices} Choices */

/**
 * Asks for what is open; an empty answer is the default.
 *
 * @param {Partial<Choices>} given
 * @param {{ input: NodeJS.ReadableStream, output: NodeJS.WritableStream }} terminal
 * @returns {Promise<Choices>} Rejects with a `UserError` where the input ends before all is answered (Ctrl-C, Ctrl-D).
 */
export async function ask(given, { input, output }) {
  const reader = createInterface({ input, output });
  // `question()` loses lines that come before it is called, and never settles where the input ends.
  const lines = reader[Symbol.asyncIterator]();
  let isOpen = true;
  reader.once('close', () => (isOpen = false));

  /**
   * @template T
   * @param {string} question
   * @param {(answer: string) => T} read Throws a `UserError` for an answer that will not do: it is asked again.
   * @returns {Promise<T>}
   */
  async function answerTo(question, read) {
    for (;;) {
      reader.setPrompt(`${question} `);
      if (isOpen) reader.prompt();
      else output.write(reader.getPrompt());
      const { value, done } = await lines.next();
      if (done) throw new UserError('\nStopped. Nothing was written.');
      try {
        return read(value.trim());
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        output.write(`${error.message}\n`);
      }
    }
  }

  try {
    return {
      folder: given.folder ?? (await answerTo(`Folder of the project (${DEFAULTS.folder}):`, readFolder)),
      host: given.host ?? (await answerTo(`Host, hono or astro (${DEFAULTS.host}):`, readHost)),
      accounts: given.accounts ?? (await answerTo('With accounts, y or n (n):', readYes)),
    };
  } finally {
    reader.close();
  }
}

/** @param {string} answer */
function readFolder(answer) {
  const folder = answer || DEFAULTS.folder;
  projectName(folder);
  return folder;
}

/** @param {string} answer */
function readHost(answer) {
  const host = answer.toLowerCase() || DEFAULTS.host;
  if (!isHost(host)) throw new UserError('Please write hono or astro.');
  return host;
}

/** @param {string} answer */
function readYes(answer) {
  if (/^y(es)?$/i.test(answer)) return true;
  if (answer === '' || /^no?$/i.test(answer)) return false;
  throw new UserError('Please write y or n.');
}
