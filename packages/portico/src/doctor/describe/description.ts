/** What the explorer shows of an action: plain JSON, served at `/_portico/actions.json`. */
export interface ActionDescription {
  readonly name: string;
  readonly description: string | undefined;
  /** Bodies it takes. */
  readonly accept: 'json' | 'form' | 'any';
  readonly methods: readonly string[];
  /** `function`: the action asks a function of its own. */
  readonly access: 'public' | 'user' | 'function';
  readonly doors: readonly DoorDescription[];
  /** What proves that a request is no forgery: the app's choice, or `own` where the action decides by itself. */
  readonly csrf: 'auto' | 'token' | 'origin' | 'own';
  readonly limits: readonly LimitDescription[];
  readonly once: false | 'asked' | 'required';
  readonly destructive: boolean;
  /** What the input is; `object` has `fields`. */
  readonly input: string;
  readonly fields: readonly FieldDescription[];
  /** As a TypeScript type; `undefined` where the action has no output schema, or it cannot describe itself. */
  readonly output: string | undefined;
  readonly errors: ReadonlyArray<{
    readonly code: string;
    readonly status: number;
    readonly message: string | undefined;
  }>;
  /** Bytes and counts. */
  readonly body: Readonly<Record<'maxBytes' | 'maxFileBytes' | 'maxFiles' | 'maxFields', number>>;
  /** Where a form goes after success. */
  readonly redirect: string | undefined;
}

export interface DoorDescription {
  readonly door: 'rpc' | 'page' | 'path' | 'route' | 'server';
  readonly method: string;
  /** Path and query; for `server` the call in code. */
  readonly target: string;
}

export interface LimitDescription {
  readonly points: number;
  readonly seconds: number;
  /** `key`: by what a function of the action makes of the input. */
  readonly by: 'ip' | 'key';
}

export interface FieldDescription {
  /** Nested with dots, elements of lists with `[]`: `items[].qty`. */
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly secret: boolean;
  /** What holds beside the type, in words: `at least 3 characters`. */
  readonly constraints: readonly string[];
  readonly description: string | undefined;
  /** As JSON; never of a secret. */
  readonly default: string | undefined;
}
