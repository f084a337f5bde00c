import { controllerSpelling } from '../define/action-name.ts';
import { RPC_SEGMENT } from '../wire/names.ts';
import type { App } from '../request/app-state.ts';
import type { Described } from './described.ts';
import type { OpenApiPath } from './document-types.ts';
import { operationOf, type Place } from './operations.ts';

type Method = 'get' | 'post';

/** Collects operations by path. What is there already was matched first, and stays. */
export class Paths {
  readonly all: Record<string, OpenApiPath> = {};
  readonly #ids = new Set<string>();
  /** By a route's path with its parameters unnamed: two templates that differ in names only may not stand side by side. */
  readonly #templates = new Map<string, readonly string[]>();

  addRpc(described: Described): void {
    const { settings, name, definition } = described;
    const path = `${settings.base}/${RPC_SEGMENT}/${name}`;
    // Typed clients know types and no verbs: POST is taken for every action.
    if (definition.methods.includes('GET')) this.#add(path, described, 'rpc', 'get', 'get', []);
    this.#add(path, described, 'rpc', 'post', definition.methods.includes('GET') ? 'post' : '', []);
  }

  addController(described: Described): void {
    const { settings, name, definition } = described;
    if (settings.actionTrigger === false) return;
    const path = `${settings.base}/${settings.actionTrigger}/${controllerSpelling(name)}`;
    for (const verb of definition.methods) {
      const method = verb === 'GET' ? 'get' : 'post';
      this.#add(
        path,
        described,
        'controller',
        method,
        definition.methods.length > 1 ? `path_${method}` : 'path',
        [],
      );
    }
  }

  addRoute(described: Described, { method, segments }: App['routes'][number]): void {
    const { base } = described.settings;
    const shape = segments.map((part) => (part.startsWith(':') ? ':' : part)).join('/');
    const own = segments.filter((part) => part.startsWith(':')).map((part) => part.slice(1));
    const names = this.#templates.get(shape) ?? own;
    this.#templates.set(shape, names);
    let index = 0;
    const template = segments.map((part) => (part.startsWith(':') ? `{${names[index++]}}` : part)).join('/');
    const params = own.map((name, at) => ({ name, shown: names[at] ?? name }));
    if (method !== 'GET' && method !== 'POST') return;
    this.#add(
      `${base}/${template}`,
      described,
      'controller',
      method.toLowerCase() as Method,
      'route',
      params,
    );
  }

  #add(
    path: string,
    described: Described,
    style: Place['style'],
    method: Method,
    suffix: string,
    params: Place['params'],
  ): void {
    const there = (this.all[path] ??= {});
    if (there[method]) return;
    const operationId = this.#id(suffix === '' ? described.id : `${described.id}_${suffix}`);
    there[method] = operationOf(described, { style, method, operationId, params });
  }

  #id(wanted: string): string {
    let id = wanted;
    for (let count = 2; this.#ids.has(id); count++) id = `${wanted}${count}`;
    this.#ids.add(id);
    return id;
  }
}
