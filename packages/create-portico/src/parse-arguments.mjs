import { parseArgs } from 'node:util';
import { HOSTS, isHost } from './choices.mjs';
import { UserError } from './user-error.mjs';

export const HELP = `npm create portico [folder] -- [options]

  --host hono|astro              what renders the pages
  --accounts, --no-accounts      with or without registration and login (@portico/site)
  -y, --yes                      asks nothing; what is not said is: my-app --host hono --no-accounts
  -h, --help                     shows this`;

/**
 * @typedef {Partial<import('./choices.mjs').Choices> & { yes: boolean, help: boolean }} Arguments
 */

/**
 * @param {string[]} args
 * @returns {Arguments} Throws a `UserError` for a flag that there is not, a host that there is not, and a second folder.
 */
export function parseArguments(args) {
  const { values, positionals } = parse(args);
  const { host } = values;
  if (host !== undefined && !isHost(host)) {
    throw new UserError(`There is no host "${host}". There are: ${HOSTS.join(', ')}.`);
  }
  if (values.accounts && values['no-accounts']) {
    throw new UserError('--accounts and --no-accounts: it can be one of them.');
  }
  if (positionals.length > 1) {
    throw new UserError(`One folder at a time, not ${positionals.length}: ${positionals.join(', ')}.`);
  }
  const accounts = values.accounts ?? (values['no-accounts'] ? false : undefined);
  return {
    ...(positionals[0] !== undefined && { folder: positionals[0] }),
    ...(host !== undefined && { host }),
    ...(accounts !== undefined && { accounts }),
    yes: values.yes ?? false,
    help: values.help ?? false,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        host: { type: 'string' },
        accounts: { type: 'boolean' },
        'no-accounts': { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    // Node's own sentence names the flag.
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}
