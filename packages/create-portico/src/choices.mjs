/** @typedef {'hono' | 'astro'} Host */

/**
 * @typedef {object} Choices
 * @property {string} folder As it was written: relative to the current folder, or absolute.
 * @property {Host} host
 * @property {boolean} accounts Whether it has `@portico/site`.
 */

/** @type {readonly Host[]} */
export const HOSTS = ['hono', 'astro'];

/** @type {Choices} */
export const DEFAULTS = { folder: 'my-app', host: 'hono', accounts: false };

/**
 * Puts defaults where nothing was chosen, and says which.
 *
 * @param {Partial<Choices>} given
 * @returns {{ choices: Choices, assumed: string[] }} `assumed` as flags, so that the line can be typed.
 */
export function complete({ folder, host, accounts }) {
  const assumed = [
    ...(folder === undefined ? [DEFAULTS.folder] : []),
    ...(host === undefined ? [`--host ${DEFAULTS.host}`] : []),
    ...(accounts === undefined ? [DEFAULTS.accounts ? '--accounts' : '--no-accounts'] : []),
  ];
  const choices = {
    folder: folder ?? DEFAULTS.folder,
    host: host ?? DEFAULTS.host,
    accounts: accounts ?? DEFAULTS.accounts,
  };
  return { choices, assumed };
}

/**
 * @param {string} text
 * @returns {text is Host}
 */
export function isHost(text) {
  return HOSTS.some((host) => host === text);
}
