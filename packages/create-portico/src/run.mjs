import { ask } from './ask.mjs';
import { checkTarget } from './check-target.mjs';
import { complete } from './choices.mjs';
import { makeProject } from './make-project.mjs';
import { nextSteps } from './next-steps.mjs';
import { HELP, parseArguments } from './parse-arguments.mjs';

/**
 * The command: reads flags, asks for what they leave open, and makes the project.
 *
 * @param {string[]} args
 * @returns {Promise<void>} Rejects with a `UserError` before anything is written where the name, a flag or the folder will not do.
 */
export async function run(args) {
  const given = parseArguments(args);
  if (given.help) {
    console.log(HELP);
    return;
  }
  // What will not do is said before anybody answers questions.
  if (given.folder !== undefined) await checkTarget(given.folder);
  const mayAsk = !given.yes && process.stdin.isTTY === true && process.stdout.isTTY === true;
  const answered = mayAsk ? await ask(given, { input: process.stdin, output: process.stdout }) : given;
  const { choices, assumed } = complete(answered);
  if (assumed.length > 0) console.log(`Not asked, so it is: ${assumed.join(', ')}.`);
  const target = await checkTarget(choices.folder);
  const files = await makeProject(target, choices);
  console.log(nextSteps(target, choices, files.length));
}
