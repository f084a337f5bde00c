import type { ActionDescription } from '../doctor/describe/description.ts';
import { table } from './table.ts';

const HEAD = ['action', 'verbs', 'takes', 'access', 'limits', 'csrf', 'once', 'output', 'doors'] as const;
const WIDEST_OUTPUT = 40;

/** All actions with their rules and doors, a line for each door. */
export function actionsTable(actions: readonly ActionDescription[]): string {
  return actions.length === 0 ? 'There are no actions.' : table(HEAD, actions.map(rowOf));
}

function rowOf(action: ActionDescription): string[] {
  const { name, methods, accept, access, destructive, limits, csrf, once, output, doors } = action;
  const paths = doors.filter(({ door }) => door !== 'server');
  return [
    destructive ? `${name}\n(destructive)` : name,
    methods.join(' '),
    accept === 'any' ? 'json form' : accept,
    access,
    limits.map(({ points, seconds, by }) => `${points} in ${seconds} s by ${by}`).join('\n') || '-',
    methods.every((method) => method === 'GET') ? '-' : csrf,
    once === false ? '-' : once,
    output === undefined ? '-' : shortened(output.replace(/\s+/g, ' ')),
    paths.map(({ door, method, target }) => `${door.padEnd(5)} ${method.padEnd(4)} ${target}`).join('\n'),
  ];
}

function shortened(text: string): string {
  return text.length <= WIDEST_OUTPUT ? text : `${text.slice(0, WIDEST_OUTPUT - 1)}…`;
}
