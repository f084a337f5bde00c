/** One of the sites that content is published on: a language, a brand, a region. */
export interface SiteDefinition<Handle extends string = string> {
  readonly handle: Handle;
  /** A number that forms may call it by, beside its handle: for templates that came from Craft. */
  readonly id?: number;
  readonly name?: string;
  /** BCP 47: `en`, `de-CH`. */
  readonly language: string;
  /** Below which its entries live: an origin, or a path of `siteUrl` such as `/de`. Default: `siteUrl`. */
  readonly baseUrl?: string;
  /** Sites that belong together. Default: `default`. */
  readonly group?: string;
  /** Where nothing says which site is meant, it is this one. Default: the first. */
  readonly primary?: boolean;
}

/** A site with its defaults. */
export interface ContentSite {
  readonly handle: string;
  /** What forms and answers call it: its `id` where it has one, else its handle. */
  readonly id: number | string;
  readonly name: string;
  readonly language: string;
  /** The whole address without a slash at its end. */
  readonly baseUrl: string;
  readonly group: string;
  readonly primary: boolean;
}
