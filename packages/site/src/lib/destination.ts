/** Settings as far as paths go: `base` is '' or `/shop`, as `resolveSettings` makes it. */
interface Based {
  readonly base: string;
}

/** A page of the settings (`account/login`) as a path of the host, below the app's base. */
export function pageUrl({ base }: Based, page: string): string {
  return `${base}/${page}`;
}

/**
 * A destination of the settings as `ctx.redirect` takes it: below the app's base, unless it begins with a slash or names
 * another site.
 */
export function destinationUrl(settings: Based, destination: string): string {
  return /^(?:https?:)?\//i.test(destination) ? destination : pageUrl(settings, destination);
}
