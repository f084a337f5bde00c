/**
 * How the app is set up that a host serves: `'plain'`; `'base'`, below `/shop`; `'proxied'`, which believes proxies on the
 * loopback; `'parsed'`, like plain, behind middleware of the host that has parsed JSON and urlencoded bodies already.
 */
export type ConformanceVariant = 'plain' | 'base' | 'proxied' | 'parsed';

/**
 * What a case may ask of a host beside answering: a variant, or
 * `'has'`, that it knows beforehand which pages there are;
 * `'pages'`, that it shows `CONFORMANCE_PAGES` itself, by `conformancePage`;
 * `'echo'`, that it has a route of its own, `POST /conformance/echo`, which answers with the body it got, byte for byte;
 * `'address'`, that it knows the address of its peer;
 * `'abort'`, that it learns when a client goes away;
 * `'cors'`, that the app opens CORS to `https://friend.example`;
 * `'production'`, that the app runs with `dev: false`.
 */
export type ConformanceCapability =
  | Exclude<ConformanceVariant, 'plain'>
  | 'has'
  | 'pages'
  | 'echo'
  | 'address'
  | 'abort'
  | 'cors'
  | 'production';

export interface RunningHost {
  /** Where the app lives, with its base and without a slash at the end: `http://127.0.0.1:3000/shop`. */
  readonly url: string;
  close(): Promise<void>;
}

/** A host as the suite drives it. */
export interface ConformanceHost {
  /** The head of its column in the table. */
  readonly name: string;
  /** Serves the app of a variant on a free port of the loopback. Called once for each variant that a case asks for. */
  start(variant: ConformanceVariant): Promise<RunningHost>;
  /** What it cannot do or know, each with the reason. Cases that need it are not run, and the table says why. */
  readonly cannot?: Readonly<Partial<Record<ConformanceCapability, string>>>;
  /** Single cases, by their names, that do not hold for a reason beyond Portico's reach, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}
