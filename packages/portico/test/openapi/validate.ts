import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { OpenApiDocument, OpenApiOperation } from 'portico/openapi';

/** Holds a document to the OpenAPI 3.1 schema, all its references to something, and its operation ids to be unique. */
export async function expectValid(document: OpenApiDocument): Promise<void> {
  const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  const found = await new Validator().validate(plain);
  expect(found.errors ?? []).toEqual([]);
  expect(found.valid).toBe(true);
  expect(brokenReferences(plain)).toEqual([]);
  const ids = operationsOf(document).map(({ operation }) => operation.operationId);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_]+$/);
  // Every schema compiles by the rules of its dialect.
  const ajv = schemasOf(document);
  for (const name of Object.keys(document.components.schemas))
    expect(ajv(`#/components/schemas/${name}`)).toBeTypeOf('function');
}

export interface FoundOperation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly operation: OpenApiOperation;
}

export function operationsOf(document: OpenApiDocument): FoundOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const operation = item[method];
      return operation ? [{ path, method, operation }] : [];
    }),
  );
}

/** Compiles the schema at a pointer into the document. */
export function schemasOf(document: OpenApiDocument): (pointer: string) => ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ $id: 'https://api.test/', ...(JSON.parse(JSON.stringify(document)) as object) });
  return (pointer) => ajv.compile({ $ref: `https://api.test/${pointer}` });
}

function brokenReferences(root: Record<string, unknown>): string[] {
  const broken: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { $ref } = value as { $ref?: unknown };
    if (typeof $ref === 'string' && !resolves(root, $ref)) broken.push($ref);
    for (const child of Object.values(value)) visit(child);
  };
  visit(root);
  return broken;
}

function resolves(root: unknown, pointer: string): boolean {
  if (!pointer.startsWith('#/')) return false;
  let target: unknown = root;
  for (const part of pointer.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof target !== 'object' || target === null || !Object.hasOwn(target, key)) return false;
    target = (target as Record<string, unknown>)[key];
  }
  return true;
}
