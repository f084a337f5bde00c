import type { Entry } from '../define/submission.ts';
import type { Exchange } from '../context/exchange.ts';

const NONE: readonly Entry[] = [];

/** The query as entries, without what names the action. A token in a URL ends up in logs: it counts nowhere. */
export function queryEntries(exchange: Exchange, namesAction: boolean): readonly Entry[] {
  if (exchange.search === '') return NONE;
  const { actionParam, csrfTokenName } = exchange.settings;
  return [...new URLSearchParams(exchange.search)].filter(
    ([name]) => name !== csrfTokenName && !(namesAction && name === actionParam),
  );
}

/** Route parameters over body over query, by the first segment of a name: a body's `tags[]` replaces all of the query's tags. */
export function mergeEntries(
  query: readonly Entry[],
  body: readonly Entry[],
  params: readonly Entry[],
): readonly Entry[] {
  if (query.length === 0 && params.length === 0) return body;
  const inParams = new Set(params.map(rootName));
  const inBody = new Set(body.map(rootName));
  return [
    ...query.filter((entry) => !inBody.has(rootName(entry)) && !inParams.has(rootName(entry))),
    ...body.filter((entry) => !inParams.has(rootName(entry))),
    ...params,
  ];
}

function rootName([name]: Entry): string {
  return name.split(/[.[]/, 1)[0] ?? name;
}
