import { appOf } from '../../app.ts';
import { describeActions } from '../../doctor/describe-actions.ts';
import { actionsTable } from '../actions-table.ts';
import type { CliIo } from '../cli-io.ts';
import { textOf, type OptionValues } from '../command.ts';
import { loadApp } from '../load-app.ts';

export async function runActions(values: OptionValues, io: CliIo): Promise<number> {
  const { portico, note } = await loadApp(io.folder, textOf(values, 'app'), { described: true });
  if (note !== undefined) io.printError(note);
  const described = describeActions(appOf(portico));
  io.print(values['json'] === true ? JSON.stringify(described, null, 2) : actionsTable(described));
  return 0;
}
