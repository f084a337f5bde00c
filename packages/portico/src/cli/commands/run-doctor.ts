import { appOf } from '../../app.ts';
import { viewOf } from '../../doctor/app-view.ts';
import { describeActions } from '../../doctor/describe-actions.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import { examine } from '../../doctor/examine.ts';
import { sortFindings, type Finding } from '../../doctor/finding.ts';
import { probeApp } from '../../doctor/probe-client.ts';
import { actionsTable } from '../actions-table.ts';
import type { CliIo } from '../cli-io.ts';
import { textOf, type OptionValues } from '../command.ts';
import { countOf, findingsText } from '../findings-text.ts';
import { loadApp } from '../load-app.ts';
import { UsageError } from '../usage-error.ts';

export async function runDoctor(values: OptionValues, io: CliIo): Promise<number> {
  const given = textOf(values, 'url');
  const url = given === undefined ? undefined : checkedUrl(given);
  const { file, portico, note } = await loadApp(io.folder, textOf(values, 'app'), {
    described: lacksSecrets(),
  });
  const app = appOf(portico);
  const described = describeActions(app);
  const { isProduction } = viewOf(portico);
  const findings: Finding[] = examine(portico);
  if (url) {
    const limitsByAddress = described.some(({ limits }) => limits.some(({ by }) => by === 'ip'));
    const results = await probeApp(app.settings, url);
    findings.push(...diagnose(results, { siteUrl: app.settings.siteUrl, limitsByAddress }));
  }
  const sorted = sortFindings(findings);
  const mode = isProduction ? 'production' : 'development';
  if (values['json'] === true) {
    io.print(JSON.stringify({ file, mode, url: url?.origin, actions: described, findings: sorted }, null, 2));
  } else {
    io.print(actionsTable(described));
    if (note !== undefined) io.print(`\n${note}`);
    io.print(`\n${file}, judged as in ${mode}${url ? `, and ${url.origin}` : ''}:\n`);
    io.print(findingsText(sorted, io.paint));
  }
  return countOf(sorted, 'error') > 0 ? 1 : 0;
}

/** Then createPortico would refuse to start in production, and nothing else would be known. That they lack is a finding. */
function lacksSecrets(): boolean {
  const { NODE_ENV, PORTICO_SECRETS = '' } = process.env;
  return NODE_ENV !== 'development' && NODE_ENV !== 'test' && PORTICO_SECRETS.replaceAll(/[,\s]/g, '') === '';
}

function checkedUrl(given: string): URL {
  const url = URL.parse(given);
  if (url && /^https?:$/.test(url.protocol)) return url;
  throw new UsageError(`--url ${given} is no URL. Write the address that visitors use: https://example.com`);
}
