import type { JsonSchema } from '../schema/json-document.ts';
import { JSON_TYPE, DEVALUE_TYPE } from '../wire/names.ts';
import { errorDataSchema } from './action-schemas.ts';
import type { Described } from './described.ts';
import type { OpenApiMediaType, OpenApiReference, OpenApiResponse } from './document-types.ts';
import { devalueSchema, retryAfter } from './shared-schemas.ts';

type Style = 'rpc' | 'controller';

interface FoundErrors {
  readonly descriptions: string[];
  readonly schemas: JsonSchema[];
  rich: boolean;
  headers?: OpenApiResponse['headers'];
}

/** Every error an operation can answer with, by status; `default` is what a handler raises beside what it declares. */
export function errorResponses(
  described: Described,
  style: Style,
  method: 'get' | 'post',
): Record<string, OpenApiResponse | OpenApiReference> {
  const { definition, settings } = described;
  const byStatus = new Map<number, FoundErrors>();
  const generic: JsonSchema = {
    $ref: `#/components/schemas/${style === 'rpc' ? 'ActionError' : 'ControllerError'}`,
  };
  const add = (status: number, description: string, schema: JsonSchema = generic): FoundErrors => {
    const found = byStatus.get(status) ?? { descriptions: [], schemas: [], rich: false };
    byStatus.set(status, found);
    found.descriptions.push(description);
    if (!found.schemas.some((known) => JSON.stringify(known) === JSON.stringify(schema)))
      found.schemas.push(schema);
    return found;
  };
  if (definition.input) {
    const schema = style === 'rpc' ? { $ref: '#/components/schemas/ActionInputError' } : generic;
    add(400, 'The schema refuses the input: `fields` say where.', schema);
  }
  add(400, 'What was sent cannot be read.');
  if (definition.access !== undefined && definition.access !== 'public') {
    add(401, 'Nobody is signed in.');
    if (definition.access !== 'user') add(403, 'Who is signed in may not do this.');
  }
  if (method === 'post') {
    // Craft's status for a forgery.
    add(
      style === 'rpc' ? 403 : 400,
      'The request may be forged (CSRF_FAILED): `data.reason` says what is missing.',
    );
    add(415, 'The action does not take this media type.');
  }
  add(413, 'What was sent is over a limit.');
  if (definition.limits.length > 0) add(429, 'Too many attempts.').headers = retryAfter;
  if (definition.once && method === 'post') {
    if (definition.once === 'required') add(400, 'The submission has no Idempotency-Key.');
    const again = add(409, 'This key was used for other values, or its submission is still being worked on.');
    again.headers = retryAfter;
  }
  add(500, 'Something went wrong on the server; `requestId` finds it in the logs.');
  if (settings.sessions || settings.user)
    add(503, 'Sessions or users cannot be reached right now.').headers = retryAfter;
  for (const [code, { status, message }] of Object.entries(definition.errors)) {
    const own =
      style === 'rpc'
        ? rpcError(described, code)
        : { schema: controllerErrorOf(described, code), rich: false };
    const found = add(status, message === undefined ? `${code}.` : `${code}: ${message}`, own.schema);
    found.rich ||= own.rich;
  }
  const responses: Record<string, OpenApiResponse | OpenApiReference> = {};
  for (const [status, found] of [...byStatus].toSorted(([left], [right]) => left - right)) {
    responses[status] = {
      description: found.descriptions.join(' '),
      ...(found.headers && { headers: found.headers }),
      content: contentOf(found),
    };
  }
  responses['default'] = { $ref: `#/components/responses/${style === 'rpc' ? 'Error' : 'ControllerError'}` };
  return responses;
}

function contentOf({ schemas, rich }: FoundErrors): Record<string, OpenApiMediaType> {
  const [first = {}, ...others] = schemas;
  const schema = others.length === 0 ? first : { anyOf: schemas };
  return { [JSON_TYPE]: { schema }, ...(rich && { [DEVALUE_TYPE]: { schema: devalueSchema } }) };
}

function rpcError(
  { definition, components, title }: Described,
  code: string,
): { schema: JsonSchema; rich: boolean } {
  const data = errorDataSchema(definition, code);
  const name = `${title}${title && '_'}${code}`;
  const schema: JsonSchema = {
    type: 'object',
    required: ['type', 'code', 'status', 'message', ...(data && !data.optional ? ['data'] : [])],
    properties: {
      type: { const: 'ActionError' },
      code: { const: code },
      status: { const: definition.errors[code]?.status },
      message: { type: 'string' },
      ...(data && { data: components.lift(data.schema, name) }),
    },
  };
  return { schema, rich: data?.rich ?? false };
}

/** The data of an own error stands beside `message`, which it does not replace; its `errors` are its own. */
function controllerErrorOf({ definition, components, title }: Described, code: string): JsonSchema {
  const data = errorDataSchema(definition, code);
  const base: JsonSchema = {
    type: 'object',
    required: ['message', 'error', 'code'],
    properties: { message: { type: 'string' }, error: { type: 'string' }, code: { const: code } },
  };
  if (data?.schema.type !== 'object') return base;
  const lifted = components.lift(data.schema, `${title}_${code}`);
  return {
    ...lifted,
    required: [...new Set([...(lifted.required ?? []), ...(base.required ?? [])])],
    properties: { ...lifted.properties, ...base.properties },
  };
}
