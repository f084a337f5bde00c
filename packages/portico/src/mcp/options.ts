import type { PorticoContext, PorticoUser } from '../define/context.ts';

export interface McpOptions {
  /** Where the endpoint is, below the app's base. Default `/mcp`. */
  readonly path?: string;
  /** What the server calls itself to its clients. Default: `portico`. */
  readonly name?: string;
  /** Of your tools. Default `1.0.0`. */
  readonly version?: string;
  /** How the tools go together, for the model that uses them. */
  readonly instructions?: string;
  /** Which actions are tools, by their canonical name. Default: all that can be called without a file. */
  readonly include?: (name: string) => boolean;
  /**
   * Which tools a human is asked about: they answer with a link to a page of this site, and run when the form on it is sent.
   * Default `'destructive'`: actions that say `destructive: true`. `false`: none.
   */
  readonly confirm?: 'destructive' | false | ((name: string) => boolean);
  /**
   * Who a user is, by a text that stays the same whether he comes with a token or with a session: the page of a tool that
   * asks a human opens for him alone. Default: `user.id`.
   */
  readonly userId?: (user: PorticoUser, ctx: PorticoContext) => string | undefined;
  /** Host names under which the endpoint answers. Default: that of `siteUrl`; in development without one, those of this machine. */
  readonly hosts?: readonly string[];
}

/** The options with their defaults. */
export interface McpSettings {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly instructions: string | undefined;
  readonly include: (name: string) => boolean;
  readonly confirm: (name: string, destructive: boolean) => boolean;
  readonly userId: (user: PorticoUser, ctx: PorticoContext) => string | undefined;
  readonly hosts: readonly string[] | undefined;
}

/** Throws a `TypeError` for a path that cannot be one. */
export function mcpSettings(options: McpOptions): McpSettings {
  const { path = '/mcp', confirm = 'destructive' } = options;
  if (!/^\/[^*?#]*[^*?#/]$/.test(path)) {
    throw new TypeError(
      `mcp: the path ${JSON.stringify(path)} must begin with a slash and end without one: '/mcp'.`,
    );
  }
  return {
    path,
    name: options.name ?? 'portico',
    version: options.version ?? '1.0.0',
    instructions: options.instructions,
    include: options.include ?? (() => true),
    confirm: (name, destructive) =>
      typeof confirm === 'function' ? confirm(name) : confirm !== false && destructive,
    userId: options.userId ?? ownId,
    hosts: options.hosts,
  };
}

function ownId(user: PorticoUser): string | undefined {
  const { id } = user as { readonly id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
