import type { Definition } from '../define/action.ts';
import { planSchema } from './plan-schema.ts';
import { wireSchema, type WireSchema } from './wire-schema.ts';

const ANYTHING: WireSchema = { schema: {}, optional: true, rich: true, unsendable: false };

/** What an action takes, as that notation writes it. */
export function inputSchema(definition: Definition, notation: 'json' | 'form'): WireSchema {
  const { input, plan } = definition;
  const described = input && plan.kind !== 'formdata' ? wireSchema(input, notation) : undefined;
  if (described) return described;
  return {
    schema: planSchema(plan, notation),
    optional: input === undefined,
    rich: false,
    unsendable: false,
  };
}

/** What an action answers with, in plain JSON. Without an `output` schema, anything. */
export function outputSchema({ output }: Definition): WireSchema {
  return (output && wireSchema(output, 'answer')) ?? ANYTHING;
}

/** The schema with which an action's own error sends data; `undefined` where it sends none. */
export function errorDataSchema(definition: Definition, code: string): WireSchema | undefined {
  const data = definition.errors[code]?.data;
  return data && (wireSchema(data, 'answer') ?? ANYTHING);
}
