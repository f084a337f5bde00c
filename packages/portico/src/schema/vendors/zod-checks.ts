/** What is read of a Zod 4 schema (`zod/v4/core`, the same for Zod and Zod mini). */
export interface ZodInternals {
  readonly def: ZodCheck & {
    readonly type: string;
    readonly values?: readonly unknown[];
    readonly valueType?: unknown;
    readonly keyType?: unknown;
    readonly defaultValue?: unknown;
    readonly checks?: ReadonlyArray<{ readonly _zod: { readonly def: ZodCheck } }>;
  };
  readonly bag?: {
    readonly Class?: { readonly name?: string };
    readonly minimum?: unknown;
    readonly maximum?: unknown;
    readonly mime?: readonly string[];
    readonly patterns?: Iterable<RegExp>;
  };
}

interface ZodCheck {
  readonly check?: string;
  readonly format?: string;
  readonly value?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly size?: unknown;
  readonly mime?: readonly string[];
  readonly pattern?: RegExp;
}

export interface ZodLimits {
  minimum?: unknown;
  maximum?: unknown;
  mime?: readonly string[];
  readonly patterns: RegExp[];
}

/** The bounds of a schema: in its checks since Zod 4.6, in its bag before. Of several the last holds. */
export function limitsOf({ def, bag }: ZodInternals): ZodLimits {
  const limits: ZodLimits = { patterns: [...(bag?.patterns ?? [])] };
  if (bag?.minimum !== undefined) limits.minimum = bag.minimum;
  if (bag?.maximum !== undefined) limits.maximum = bag.maximum;
  if (bag?.mime !== undefined) limits.mime = bag.mime;
  for (const check of [def, ...(def.checks ?? []).map((entry) => entry._zod.def)]) addCheck(limits, check);
  return limits;
}

function addCheck(limits: ZodLimits, check: ZodCheck): void {
  switch (check.check) {
    case 'greater_than':
      limits.minimum = check.value;
      break;
    case 'less_than':
      limits.maximum = check.value;
      break;
    case 'min_size':
      limits.minimum = check.minimum;
      break;
    case 'max_size':
      limits.maximum = check.maximum;
      break;
    case 'size_equals':
      limits.minimum = limits.maximum = check.size;
      break;
    case 'mime_type':
      if (check.mime !== undefined) limits.mime = check.mime;
      break;
    case 'string_format':
      if (check.pattern !== undefined) limits.patterns.push(check.pattern);
      break;
    default:
  }
}
