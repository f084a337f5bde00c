/** A destination of the settings as `ctx.redirect` takes it: a path of the site, or a URL where it names another. */
export function destinationUrl(destination: string): string {
  return /^(?:https?:)?\//i.test(destination) ? destination : `/${destination}`;
}
