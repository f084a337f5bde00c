export { openApi } from './openapi/document.ts';
export { openApiEndpoint, type OpenApiEndpointOptions } from './openapi/endpoint.ts';
export type { OpenApiOptions } from './openapi/options.ts';
export type {
  OpenApiDocument,
  OpenApiMediaType,
  OpenApiOperation,
  OpenApiParameter,
  OpenApiPath,
  OpenApiRequestBody,
  OpenApiResponse,
  OpenApiServer,
  SecurityScheme,
} from './openapi/document-types.ts';
