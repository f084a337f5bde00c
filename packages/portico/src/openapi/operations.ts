import type { JsonSchema } from '../schema/json-document.ts';
import { DEVALUE_TYPE, JSON_TYPE, REDIRECT_MARK } from '../wire/names.ts';
import { outputSchema } from './action-schemas.ts';
import type { Described } from './described.ts';
import type { OpenApiOperation, OpenApiResponse } from './document-types.ts';
import { errorResponses } from './errors.ts';
import { headerParameters, pathParameters, queryParameters, type PathParam } from './parameters.ts';
import { requestBody } from './request-body.ts';
import { securityOf } from './security.ts';
import { controllerExtras, devalueSchema } from './shared-schemas.ts';

/** Where an operation stands. */
export interface Place {
  readonly style: 'rpc' | 'controller';
  readonly method: 'get' | 'post';
  readonly operationId: string;
  /** Parameters of the path, for a route. */
  readonly params: readonly PathParam[];
}

export function operationOf(described: Described, place: Place): OpenApiOperation {
  const { definition, name, tag } = described;
  const { style, method } = place;
  const inPath = new Set(place.params.map(({ name }) => name));
  const parameters = [
    ...pathParameters(described, place.params),
    ...(method === 'get' ? queryParameters(described, inPath) : []),
    ...headerParameters(described, method),
  ];
  const body = method === 'post' ? requestBody(described, inPath) : undefined;
  const successes = style === 'rpc' ? rpcSuccess(described) : controllerSuccess(described, method);
  const responses = { ...successes, ...errorResponses(described, style, method) };
  return {
    operationId: place.operationId,
    summary: decodeURIComponent(name),
    ...(definition.description !== undefined && { description: definition.description }),
    ...(tag !== undefined && { tags: [tag] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: method === 'get' ? { ...responses, ...notModified(successes) } : responses,
    ...securityOf(described, style, method),
  };
}

/** Data as it is; a redirect beside it, marked in the media type; 204 where there is none. */
function rpcSuccess(described: Described): Record<string, OpenApiResponse> {
  const { definition, components, title } = described;
  const output = outputSchema(definition);
  const hasData = !isNothing(output.schema);
  const data = dataSchema(described);
  const redirected: JsonSchema = {
    type: 'object',
    required: ['redirect'],
    properties: {
      data,
      redirect: { type: 'string', description: 'Where the action wants its caller to go.' },
    },
  };
  const content = {
    ...(hasData && definition.redirect === undefined && { [JSON_TYPE]: { schema: data } }),
    ...(hasData &&
      definition.redirect === undefined &&
      output.rich && { [DEVALUE_TYPE]: { schema: devalueSchema } }),
    [`${JSON_TYPE}; ${REDIRECT_MARK}`]: { schema: components.lift(redirected, title) },
    ...(output.rich && { [`${DEVALUE_TYPE}; ${REDIRECT_MARK}`]: { schema: devalueSchema } }),
  };
  const nothing = output.optional && definition.redirect === undefined;
  return {
    200: { description: 'What the action answers with.', content },
    ...(nothing && { 204: { description: 'Done, and there is nothing to say.' } }),
  };
}

function dataSchema({ definition, components, title }: Described): JsonSchema {
  const { schema } = outputSchema(definition);
  return Object.keys(schema).length === 0 ? {} : components.share(`${title}Output`, schema);
}

/** The data's own keys among message, redirect and model; what is no object stands under `data`. */
function controllerSuccess(described: Described, method: 'get' | 'post'): Record<string, OpenApiResponse> {
  const { definition } = described;
  const { schema } = outputSchema(definition);
  const extras: JsonSchema = { type: 'object', properties: controllerExtras };
  const kind = isNothing(schema) ? 'nothing' : kindOf(schema);
  const byKind: Record<typeof kind, () => JsonSchema> = {
    nothing: () => extras,
    unknown: () => ({ type: 'object' }),
    // A key of the data's own goes before its namesake.
    object: () => {
      const own = new Set(Object.keys(schema.properties ?? {}));
      const free = Object.entries(controllerExtras).filter(([key]) => !own.has(key));
      return { allOf: [dataSchema(described), { type: 'object', properties: Object.fromEntries(free) }] };
    },
    other: () => ({
      type: 'object',
      required: ['data'],
      properties: { ...controllerExtras, data: dataSchema(described) },
    }),
  };
  const found: OpenApiResponse = {
    description: 'What the action answers with, to whom asks for `application/json`.',
    content: { [JSON_TYPE]: { schema: byKind[kind]() } },
  };
  const moved: OpenApiResponse = {
    description:
      'Done, to who does not ask for `application/json`: a message waits in the session for the page that follows.',
    headers: { Location: { schema: { type: 'string' } } },
  };
  return { 200: found, ...(method === 'post' && { 303: moved }) };
}

function kindOf(schema: JsonSchema): 'object' | 'unknown' | 'other' {
  if (schema.type === 'object') return 'object';
  return typeof schema.type === 'string' ? 'other' : 'unknown';
}

function isNothing(schema: JsonSchema): boolean {
  return schema.not !== undefined && Object.keys(schema.not).length === 0;
}

/** Reading has an ETag (RFC 9110 section 8.8.3). */
function notModified(successes: Record<string, OpenApiResponse>): Record<string, OpenApiResponse> {
  const { 200: found } = successes;
  if (!found?.content) return {};
  const headers = { ETag: { schema: { type: 'string' } as JsonSchema } };
  return {
    200: { ...found, headers },
    304: { description: 'As it was: `If-None-Match` names its ETag.', headers },
  };
}
