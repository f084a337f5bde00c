import type { PorticoContext } from '../define/context.ts';
import { describeAction } from '../doctor/describe/describe-action.ts';
import { describeActions } from '../doctor/describe-actions.ts';
import { examine } from '../doctor/examine.ts';
import { html, type SafeHtml } from '../forms/safe-html.ts';
import { inputForm } from './input-form.ts';
import { actionPage } from './pages/action-page.ts';
import { doctorPage } from './pages/doctor-page.ts';
import { homePage } from './pages/home-page.ts';
import { pageResponse } from './pages/layout.ts';
import { requestPage } from './pages/request-page.ts';
import { requestsPage } from './pages/requests-page.ts';
import { findPeople, rootOf, type ExplorerParts } from './parts.ts';

export function showHome(parts: ExplorerParts, ctx: PorticoContext): Response {
  const root = rootOf(parts);
  const query = ctx.url.searchParams.get('q')?.trim() ?? '';
  return page(parts, 'Actions', '', homePage(root, describeActions(parts.app), query));
}

export async function showAction(parts: ExplorerParts, ctx: PorticoContext): Promise<Response> {
  const name = lastSegment(ctx, `${rootOf(parts)}/actions`);
  const mounted = parts.app.registry.find(name);
  // A controller's spelling finds an action too; its page has one address.
  if (!mounted || mounted.name !== name) return missing(parts, '', `There is no action “${name}”.`);
  const seen = parts.log.find(ctx.url.searchParams.get('request') ?? '');
  const submitted = seen?.action === name && seen.input ? { submitted: { entries: seen.input.fields } } : {};
  const people = await peopleOptions(parts);
  const content = actionPage(
    rootOf(parts),
    describeAction(parts.app, mounted),
    inputForm(ctx, mounted, submitted),
    people,
  );
  return page(parts, name, '', content);
}

export function showRequests(parts: ExplorerParts, ctx: PorticoContext): Response {
  const root = rootOf(parts);
  const requestId = lastSegment(ctx, `${root}/requests`);
  if (requestId === '') {
    const { searchParams } = ctx.url;
    const filter = { action: searchParams.get('name') ?? '', outcome: searchParams.get('outcome') ?? '' };
    return page(parts, 'Requests', '/requests', requestsPage(root, parts.log.list(filter), filter));
  }
  const seen = parts.log.find(requestId);
  if (!seen) return missing(parts, '/requests', 'This request is not remembered (any more).');
  const isKnown = parts.app.registry.find(seen.action) !== undefined;
  return page(parts, seen.action, '/requests', requestPage(root, seen, isKnown));
}

export function showDoctor(parts: ExplorerParts): Response {
  return page(parts, 'Doctor', '/doctor', doctorPage(rootOf(parts), examine(parts.portico)));
}

async function peopleOptions(parts: ExplorerParts): Promise<SafeHtml> {
  const found = await findPeople(parts, '');
  return html`${found.map(({ id, label }) => html`<option value="${id}">${label}</option>`)}`;
}

function page(
  parts: ExplorerParts,
  title: string,
  section: string,
  content: SafeHtml,
  status = 200,
): Response {
  const { base, toolPages } = parts.app.settings;
  const tools = toolPages.map((path) => base + path);
  return pageResponse({ title, root: rootOf(parts), section, tools, content }, status);
}

function missing(parts: ExplorerParts, section: string, message: string): Response {
  return page(parts, 'Not found', section, html`<h1>Not found</h1><p>${message}</p>`, 404);
}

function lastSegment(ctx: PorticoContext, prefix: string): string {
  const rest = ctx.url.pathname.slice(prefix.length + 1);
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}
