import type { Settings } from '../context/settings.ts';
import type { Described } from './described.ts';
import type { OpenApiOperation, SecurityScheme } from './document-types.ts';
import type { OpenApiOptions } from './options.ts';

type Requirement = Readonly<Record<string, readonly string[]>>;

/** The session's cookie under its real name, the token against forgery, and what the app adds. */
export function securitySchemes(settings: Settings, options: OpenApiOptions): Record<string, SecurityScheme> {
  const { sessions } = settings;
  const isSecure = settings.secureCookies ?? !isPlain(options.servers?.[0]?.url ?? settings.siteUrl);
  return {
    ...(sessions && {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: sessions.cookieName(isSecure),
        description: 'The session of who is signed in.',
      },
    }),
    ...(sessions &&
      settings.csrf === 'token' && {
        csrfToken: {
          type: 'apiKey',
          in: 'header',
          name: 'X-CSRF-Token',
          description: `Proves that this site made the request. Forms send it as the field ${settings.csrfTokenName}.`,
        },
      }),
    ...options.securitySchemes,
  };
}

function isPlain(url: string | undefined): boolean {
  return (
    url !== undefined && /^http:\/\/(?:localhost|[^/]*\.localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(url)
  );
}

/** Who may call an operation, as far as it can be said without asking: a rule of the app's own may let in anybody. */
export function securityOf(
  { definition, settings, schemes }: Described,
  style: 'rpc' | 'controller',
  method: 'get' | 'post',
): Pick<OpenApiOperation, 'security'> {
  const { access } = definition;
  const byToken = settings.csrf === 'token' && style === 'controller' && method === 'post';
  const token: Requirement = byToken && settings.sessions ? { csrfToken: [] } : {};
  const isOpen = access === undefined || access === 'public';
  if (isOpen && !('csrfToken' in token)) return {};
  const session: Requirement[] = settings.sessions ? [{ session: [], ...token }] : [];
  const others = isOpen ? [] : schemes.map((name): Requirement => ({ [name]: [], ...token }));
  const nobody: Requirement[] = isOpen || access === 'user' || byToken ? [] : [{}];
  const security = [...session, ...others, ...nobody];
  return security.length === 0 ? {} : { security };
}
