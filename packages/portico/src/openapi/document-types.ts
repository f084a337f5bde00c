import type { JsonSchema } from '../schema/json-document.ts';

/** An OpenAPI 3.1 document (spec.openapis.org/oas/v3.1.1), as far as Portico writes one. Plain data: `JSON.stringify` it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly OpenApiServer[];
  readonly tags: ReadonlyArray<{ readonly name: string }>;
  readonly paths: Readonly<Record<string, OpenApiPath>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, OpenApiResponse>>;
    readonly securitySchemes?: Readonly<Record<string, SecurityScheme>>;
  };
}

export interface OpenApiServer {
  readonly url: string;
  readonly description?: string;
}

export interface OpenApiPath {
  get?: OpenApiOperation;
  post?: OpenApiOperation;
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: OpenApiRequestBody;
  readonly responses: Readonly<Record<string, OpenApiResponse | OpenApiReference>>;
  /** Any one of these will do; `{}` is nobody in particular. */
  readonly security?: ReadonlyArray<Readonly<Record<string, readonly string[]>>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly style?: 'form' | 'deepObject';
  readonly explode?: boolean;
  readonly schema: JsonSchema;
}

export interface OpenApiRequestBody {
  readonly required: boolean;
  readonly content: Readonly<Record<string, OpenApiMediaType>>;
}

export interface OpenApiMediaType {
  readonly schema: JsonSchema;
  readonly encoding?: Readonly<Record<string, OpenApiEncoding>>;
}

export interface OpenApiEncoding {
  readonly contentType?: string;
  readonly style?: 'form' | 'deepObject';
  readonly explode?: boolean;
}

export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description?: string; readonly schema: JsonSchema }>>;
  readonly content?: Readonly<Record<string, OpenApiMediaType>>;
}

export interface OpenApiReference {
  readonly $ref: string;
}

/** How a caller proves who it is: `{ type: 'http', scheme: 'bearer' }`, as OpenAPI has it. */
export interface SecurityScheme {
  readonly [keyword: string]: unknown;
  readonly type: 'apiKey' | 'http' | 'mutualTLS' | 'oauth2' | 'openIdConnect';
  readonly description?: string;
}
