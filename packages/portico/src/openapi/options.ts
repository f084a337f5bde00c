import type { OpenApiServer, SecurityScheme } from './document-types.ts';

export interface OpenApiOptions {
  readonly title: string;
  /** Of your API, not of OpenAPI. */
  readonly version: string;
  readonly description?: string;
  /** Where it is served. Default: the app's `siteUrl`, else wherever the document comes from. */
  readonly servers?: readonly OpenApiServer[];
  /** Which ways in are described: `rpc` (`/_actions/users.saveUser`), `controller` (`/actions/users/save-user`, routes), or both. */
  readonly doors?: 'rpc' | 'controller' | 'both';
  /** Which actions are described, by their canonical name. Default: all. */
  readonly include?: (name: string) => boolean;
  /** Other ways to sign in than by the session, that your `user` function knows: `{ bearer: { type: 'http', scheme: 'bearer' } }`. */
  readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
}
