import type { PlannedStep } from '../../content/content-upkeep.ts';
import type { Command } from '../command.ts';
import { UsageError } from '../usage-error.ts';

const KEPT =
  'What is marked = stays until portico-site migrate --drop removes it; --plan --drop says what that loses.';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Brings the database up to date. Safe to run again, and by several processes at once.',
  details: `Without --site there is no content to bring up to date: the app's module has its sections and fields.

--plan marks a step that changes something with +, one that loses something for good with !, what stays although the app's
code no longer has it with =, and what you should know with ~. Exit code 0: done, or planned; 1: it failed, and nothing was changed.`,
  options: {
    plan: { type: 'boolean', help: 'Says what would be done, and changes nothing.' },
    drop: {
      type: 'boolean',
      help: 'Removes entries, values and indexes that the code no longer has. Needs --site.',
    },
  },
  async run(values, io, site) {
    const drop = values['drop'] === true;
    // Without the app's module the code seems to have no content at all, and all there is would go.
    if (drop && values['site'] === undefined)
      throw new UsageError("--drop needs --site <module>: only the app's own module says what its code has.");
    const tasks = await site();
    if (values['plan'] === true) {
      const steps = await tasks.plan({ drop });
      const told = values['site'] === undefined ? steps.filter(({ effect }) => effect === 'change') : steps;
      for (const line of planLines(told, drop)) io.print(line);
      return;
    }
    const lost = drop ? (await tasks.plan({ drop })).filter(({ effect }) => effect === 'loss') : [];
    for (const step of lost) io.print(planLine(step));
    await tasks.migrate({ drop });
    io.print('The database is up to date.');
  },
};

function planLines(steps: readonly PlannedStep[], drop: boolean): readonly string[] {
  const verdict = steps.some(({ effect }) => effect === 'change' || effect === 'loss')
    ? `Nothing was changed: this is what portico-site migrate${drop ? ' --drop' : ''} would do.`
    : 'There is nothing to do: the database is up to date.';
  return [...steps.map(planLine), verdict, ...(steps.some(({ effect }) => effect === 'kept') ? [KEPT] : [])];
}

const MARKS = { change: '+', loss: '!', kept: '=', note: '~' } as const;

function planLine({ text, entries, effect }: PlannedStep): string {
  const count = entries === null ? '' : ` (${entries} ${entries === 1 ? 'entry' : 'entries'})`;
  return `${MARKS[effect]} ${text.replace(/\.$/, '')}${count}.`;
}
