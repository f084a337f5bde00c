import type { JsonSchema } from '../schema/json-document.ts';
import { inputSchema } from './action-schemas.ts';
import type { Described } from './described.ts';
import type { OpenApiParameter } from './document-types.ts';
import { parameterStyle } from './parameter-style.ts';

/** The query of a GET: one parameter a field, lists by repeating the name, objects as `a[b]`. */
export function queryParameters(
  { definition, components, title }: Described,
  inPath: ReadonlySet<string>,
): OpenApiParameter[] {
  const { schema } = inputSchema(definition, 'form');
  const lifted = components.lift(schema, title);
  if (lifted.properties === undefined) {
    // A record or a union: its keys are parameters of their own, which is what `form` with `explode` makes of an object.
    const isAnything = Object.keys(lifted).length === 0 || definition.input === undefined;
    return isAnything ? [] : [{ name: 'input', in: 'query', style: 'form', explode: true, schema: lifted }];
  }
  const needed = new Set(lifted.required);
  return Object.entries(lifted.properties)
    .filter(([name]) => !inPath.has(name))
    .map(([name, field]) => ({
      ...parameter('query', name, field, needed.has(name)),
      ...parameterStyle(schema.properties?.[name] ?? {}, schema),
    }));
}

/** A parameter of a route: its name in the path of the document, and the field of the input that it is. */
export interface PathParam {
  readonly shown: string;
  readonly name: string;
}

/** What the path of a route brings; a name that the schema does not have is a text. */
export function pathParameters(
  { definition, components, title }: Described,
  params: readonly PathParam[],
): OpenApiParameter[] {
  if (params.length === 0) return [];
  const { properties = {} } = components.lift(inputSchema(definition, 'form').schema, title);
  return params.map(({ shown, name }) =>
    parameter('path', shown, properties[name] ?? { type: 'string' }, true),
  );
}

function parameter(
  place: 'query' | 'path',
  name: string,
  schema: JsonSchema,
  required: boolean,
): OpenApiParameter {
  const { description, ...rest } = schema;
  return {
    name,
    in: place,
    ...(required && { required }),
    ...(description !== undefined && { description }),
    schema: rest,
  };
}

/** Headers that an action asks for or takes, whatever the door. */
export function headerParameters(
  { definition, settings }: Described,
  method: 'get' | 'post',
): OpenApiParameter[] {
  const headers: OpenApiParameter[] = [];
  if (method === 'get') return headers;
  if (definition.once) {
    headers.push({
      name: 'Idempotency-Key',
      in: 'header',
      ...(definition.once === 'required' && { required: true }),
      description:
        'Names this submission: a repeat under the same key is answered with the outcome of the first.',
      schema: { type: 'string' },
    });
  }
  if (settings.csrf === 'auto' && settings.sessions) {
    headers.push({
      name: 'X-CSRF-Token',
      in: 'header',
      description: 'For a call with a session cookie and without Origin or Sec-Fetch-Site.',
      schema: { type: 'string' },
    });
  }
  return headers;
}
