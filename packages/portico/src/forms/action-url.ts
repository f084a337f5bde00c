import { exchangeOf } from '../context/request-context.ts';
import type { AnyAction } from '../define/action.ts';
import type { PorticoContext } from '../define/context.ts';
import { controllerPath } from './controller-path.ts';
import { formatValue } from './format-value.ts';

/**
 * The absolute URL of an action, for links and scripts: `https://example.com/actions/users/set-password?code=…`. Its
 * origin is `siteUrl`, else the request's own. Parameters go into the query as a form would send them: lists repeat their
 * name, objects nest in brackets, `null` and `undefined` are left out.
 */
export function actionUrl(
  ctx: PorticoContext,
  action: AnyAction | string,
  params: Readonly<Record<string, unknown>> = {},
): string {
  const { settings, origin } = exchangeOf(ctx);
  const root = settings.siteUrl === undefined ? origin : new URL(settings.siteUrl).origin;
  const url = new URL(root);
  const [path = '', query = ''] = controllerPath(settings, action).split('?');
  url.pathname = path;
  url.search = query;
  for (const [name, value] of Object.entries(params)) append(url.searchParams, name, value);
  return url.href;
}

function append(query: URLSearchParams, name: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (value instanceof Set) append(query, name, [...value]);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      append(query, isPlainObject(item) ? `${name}[${index}]` : name, item);
  } else if (isPlainObject(value)) {
    for (const [key, child] of Object.entries(value)) append(query, `${name}[${key}]`, child);
  } else query.append(name, formatValue(value));
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && value.toString === Object.prototype.toString;
}
