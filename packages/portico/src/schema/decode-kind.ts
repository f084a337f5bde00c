import type { Plan } from './plan.ts';
import type { PlanCompiler } from './plan-compiler.ts';
import { bigintPlan, datePlan, filePlan, numberPlan, textPlan } from './plan-scalars.ts';
import { childPath, commonOf, requiredAt, type Usage } from './plan-usage.ts';

/**
 * What the `decode` option of an action may say about a field, where its schema cannot. Containers hold text
 * unless `path.*` says otherwise; `files` is a list of files; `unknown` passes on what came.
 */
export type DecodeKind =
  | 'text'
  | 'number'
  | 'integer'
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'url'
  | 'file'
  | 'files'
  | 'array'
  | 'set'
  | 'map'
  | 'record'
  | 'formdata'
  | 'unknown';

/** The plan of a field whose kind the app itself has named. */
export function planOfKind(compiler: PlanCompiler, kind: DecodeKind, usage: Usage): Plan {
  const common = commonOf(usage);
  const items = (fallback: DecodeKind): Plan => {
    const inner = requiredAt(childPath(usage.path, '*'));
    return planOfKind(compiler, compiler.kindAt(inner.path) ?? fallback, inner);
  };
  switch (kind) {
    case 'text':
      return textPlan({}, usage);
    case 'number':
    case 'integer':
      return numberPlan({}, kind, usage);
    case 'bigint':
      return bigintPlan(usage, undefined);
    case 'date':
      return datePlan(usage, undefined, undefined);
    case 'file':
      return filePlan(usage, undefined, undefined);
    case 'boolean':
    case 'url':
    case 'formdata':
    case 'unknown':
      return { kind, ...common };
    case 'files':
    case 'array':
    case 'set': {
      const plan = items(kind === 'files' ? 'file' : 'text');
      const list = kind === 'set' ? 'set' : 'array';
      return { kind: list, items: plan, prefix: [], minItems: undefined, maxItems: undefined, ...common };
    }
    case 'map': {
      const keys = planOfKind(compiler, 'text', requiredAt(childPath(usage.path, '*key')));
      return { kind, keys, values: items('text'), ...common };
    }
    case 'record':
      return { kind, values: items('text'), ...common };
  }
}
