import type { JsonSchema } from '../schema/json-document.ts';
import type { OpenApiResponse } from './document-types.ts';

const text: JsonSchema = { type: 'string' };
const texts: JsonSchema = { type: 'array', items: text };
const messagesByField: JsonSchema = { type: 'object', additionalProperties: texts };
const requestId: JsonSchema = { type: 'string', description: 'Names the request in the logs of the server.' };
const status: JsonSchema = { type: 'integer', minimum: 400, maximum: 599 };

/** An error of the rpc door (`wire/result.ts`, WireError). */
export const actionError: JsonSchema = {
  type: 'object',
  required: ['type', 'code', 'status', 'message'],
  properties: {
    type: { enum: ['ActionError', 'ActionInputError'] },
    code: {
      type: 'string',
      description: 'A name of the HTTP status, CSRF_FAILED, or one of the action’s own.',
    },
    status,
    message: text,
    data: {},
    requestId,
  },
};

/** What the rpc door says where the schema refuses the input. */
export const actionInputError: JsonSchema = {
  type: 'object',
  required: ['type', 'code', 'status', 'message', 'issues', 'fields', 'formErrors'],
  properties: {
    type: { const: 'ActionInputError' },
    code: { const: 'BAD_REQUEST' },
    status: { const: 400 },
    message: text,
    issues: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message'],
        properties: { message: text, path: { type: 'array', items: { type: ['string', 'integer'] } } },
      },
    },
    fields: { ...messagesByField, description: 'By the dotted path of the field: `items.0.qty`.' },
    formErrors: { ...texts, description: 'What concerns the input as a whole.' },
  },
};

/** A failure of the controller doors, to whom asks for JSON (`present/controller-json.ts`). */
export const controllerError: JsonSchema = {
  type: 'object',
  required: ['message', 'error', 'code'],
  properties: {
    message: text,
    error: { type: 'string', description: 'The same as `message`.' },
    code: text,
    errors: { ...messagesByField, description: 'By the dotted path of the field.' },
    formErrors: texts,
    modelName: text,
    requestId,
  },
};

/** What a success of the controller doors says beside the action's data. */
export const controllerExtras: Readonly<Record<string, JsonSchema>> = {
  message: text,
  redirect: { type: 'string', description: 'Where the action wants its caller to go.' },
  modelName: { type: 'string', description: 'The property that holds the model.' },
  modelId: {},
  csrfTokenValue: { type: 'string', description: 'A new CSRF token, where who is signed in has changed.' },
};

/** The format of the package devalue: an array of values that refer to each other by index. */
export const devalueSchema: JsonSchema = {
  type: ['array', 'integer'],
  description:
    'The same value in devalue’s format, which keeps Date, Map, Set, URL and bigint: `parse` of devalue reads it.',
};

export const retryAfter: NonNullable<OpenApiResponse['headers']> = {
  'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } },
};
