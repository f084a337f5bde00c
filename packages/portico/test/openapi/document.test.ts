import { describe, expect, it } from 'vitest';
import { createPortico, defineAction } from 'portico';
import { openApi, type OpenApiDocument, type OpenApiMediaType, type OpenApiResponse } from 'portico/openapi';
import { z } from 'zod';
import { createKitchen } from './kitchen.ts';
import { expectValid, operationsOf } from './validate.ts';

const document = openApi(createKitchen(), { title: 'Kitchen', version: '1.0.0' });
const schema = (name: string): Record<string, unknown> => document.components.schemas[name] ?? {};
const rpc = (name: string): NonNullable<OpenApiDocument['paths'][string]> =>
  document.paths[`/_actions/${name}`] ?? {};
const statuses = (responses: object = {}): string[] => Object.keys(responses);
const content = (response: unknown): Readonly<Record<string, OpenApiMediaType>> =>
  (response as OpenApiResponse | undefined)?.content ?? {};

describe('the document', () => {
  it('is valid OpenAPI 3.1 for every kind of schema, and all its references resolve', async () => {
    await expectValid(document);
  });

  it('has every action at both its paths, whatever its name is made of', () => {
    const paths = Object.keys(document.paths);
    expect(paths).toContain('/_actions/users.saveUser');
    expect(paths).toContain('/actions/users/save-user');
    expect(paths).toContain('/_actions/odd%20name.a%2Fb%2Ec%7Bd%7D');
    expect(paths).toContain('/actions/odd%20name/%C3%BCrl');
  });

  it.each([
    ['rpc' as const, ['/_actions/users.saveUser'], ['/actions/users/save-user', '/products/{id}']],
    ['controller' as const, ['/actions/users/save-user', '/products/{id}'], ['/_actions/users.saveUser']],
  ])('describes the doors of %s alone', (doors, there, missing) => {
    const paths = Object.keys(openApi(createKitchen(), { title: 'K', version: '1', doors }).paths);
    expect(paths).toEqual(expect.arrayContaining(there));
    for (const path of missing) expect(paths).not.toContain(path);
  });

  it('leaves out what `include` does not take, with its schemas', () => {
    const only = openApi(createKitchen(), { title: 'K', version: '1', include: (name) => name === 'plain' });
    expect(Object.keys(only.paths)).toEqual(['/_actions/plain', '/actions/plain']);
    expect(Object.keys(only.components.schemas)).not.toContain('UsersSaveUserInput');
  });

  it('tags by namespace', () => {
    expect(document.tags.map(({ name }) => name)).toContain('users.photos');
    expect(rpc('users.photos.upload').post?.tags).toEqual(['users.photos']);
  });

  it('names two routes of one shape by one template, which the fields keep apart', () => {
    const found = document.paths['/products/{id}'];
    expect(found?.get?.parameters?.map(({ name, in: place, schema: of }) => [name, place, of.type])).toEqual([
      ['id', 'path', 'integer'],
    ]);
    expect(schema('ProductsSaveRouteInput')).toMatchObject({ required: ['name'] });
    expect(schema('ProductsSaveRouteInput')['properties']).not.toHaveProperty('id');
  });

  it('puts base and trigger of the app into the paths, and its site into the servers', () => {
    const portico = createPortico({
      actions: { ping: defineAction({ handler: () => 'pong' }) },
      secrets: ['a secret of the kitchen, thirty-two characters long'],
      base: '/shop',
      actionTrigger: 'do',
      siteUrl: 'https://example.org/shop',
      routes: { 'POST /ping/:id': 'ping' },
    });
    const described = openApi(portico, { title: 'K', version: '1' });
    expect(Object.keys(described.paths)).toEqual(['/shop/_actions/ping', '/shop/do/ping', '/shop/ping/{id}']);
    expect(described.servers).toEqual([{ url: 'https://example.org' }]);
  });

  it.each([
    { title: '', version: '1' },
    { title: 'K', version: '' },
  ])('asks for title and version: %j', (options) => {
    expect(() => openApi(createKitchen(), options)).toThrow(/openApi: pass a (?:title|version)/);
  });

  it('refuses what createPortico did not make', () => {
    expect(() => openApi({}, { title: 'K', version: '1' })).toThrow('not what createPortico returned');
  });
});

describe('schemas', () => {
  it.each([
    ['a Date', 'when', { type: 'string', format: 'date-time', default: '1970-01-01T00:00:00.000Z' }],
    ['a bigint', 'big', { type: 'string', pattern: '^[+-]?[0-9]+$' }],
    ['a URL', 'link', { type: 'string', format: 'uri' }],
    ['a Set', 'tags', { type: 'array', uniqueItems: true, minItems: 1, items: { type: 'string' } }],
    ['a Map', 'prices', { type: 'array', items: { type: 'array', minItems: 2, maxItems: 2 } }],
  ])('say what %s is in a JSON body', (_, field, expected) => {
    expect((schema('RichInput')['properties'] as Record<string, unknown>)[field]).toMatchObject(expected);
  });

  it('say what a Map is in an answer', () => {
    const { prices } = schema('RichOutput')['properties'] as Record<string, unknown>;
    expect(prices).toEqual({
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^[+-]?[0-9]+$' },
    });
  });

  it('take files in multipart only, and leave them out of other bodies', () => {
    const body = rpc('users.saveUser').post?.requestBody?.content ?? {};
    expect(Object.keys(body)).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
    ]);
    expect(schema('UsersSaveUserInput')['properties']).not.toHaveProperty('photo');
    expect(schema('UsersSaveUserTextForm')['properties']).not.toHaveProperty('photo');
    expect(schema('UsersSaveUserForm')['properties']).toHaveProperty(
      'photo',
      expect.objectContaining({ format: 'binary' }),
    );
    expect(body['multipart/form-data']?.encoding?.['photo']).toEqual({ contentType: 'image/png' });
    expect(Object.keys(rpc('users.photos.upload').post?.requestBody?.content ?? {})).toEqual([
      'multipart/form-data',
    ]);
  });

  it('let a list of files be empty in JSON', () => {
    expect(schema('GalleryInput')['properties']).toHaveProperty('pictures', { type: 'array', maxItems: 0 });
    expect(rpc('gallery').post?.requestBody?.content).toHaveProperty(['multipart/form-data']);
  });

  it('describe a Set that holds itself', async () => {
    type Nest = Set<Nest>;
    const nest: z.ZodType<Nest> = z.lazy(() => z.set(nest));
    const portico = createPortico({
      secrets: ['a secret of the kitchen, thirty-two characters long'],
      actions: { nest: defineAction({ input: z.object({ nest }), handler: () => 'deep' }) },
    });
    const described = openApi(portico, { title: 'K', version: '1' });
    await expectValid(described);
    const [name = '', nested] =
      Object.entries(described.components.schemas).find(([key]) => key.startsWith('NestInputElement')) ?? [];
    expect(nested).toMatchObject({ type: 'array', items: { $ref: `#/components/schemas/${name}` } });
  });

  it('do not ask a form for the box that may be empty', () => {
    expect(schema('UsersSaveUserInput')['required']).toEqual(['name', 'newsletter']);
    expect(schema('UsersSaveUserForm')['required']).toEqual(['name']);
  });

  it('mark secrets, by name and by the schema', () => {
    const properties = schema('UsersSaveUserInput')['properties'] as Record<string, unknown>;
    expect(properties['password']).toMatchObject({ format: 'password', writeOnly: true });
    expect(properties['pin']).toMatchObject({ format: 'password', writeOnly: true });
  });

  it('share a definition of one name between actions', () => {
    expect(schema('UsersSaveUserInput')['properties']).toHaveProperty('home', {
      $ref: '#/components/schemas/Address',
    });
    expect(Object.keys(document.components.schemas).filter((name) => name.startsWith('Address'))).toEqual([
      'Address',
    ]);
  });

  it('keep two definitions of one name apart', async () => {
    const one = z.object({ a: z.string() }).meta({ id: 'Same' });
    const portico = createPortico({
      secrets: ['a secret of the kitchen, thirty-two characters long'],
      actions: {
        first: defineAction({ input: z.object({ it: one, tree: z.array(one) }), handler: () => 1 }),
        second: defineAction({
          input: z.object({ it: z.object({ b: z.date() }).meta({ id: 'Same ' }) }),
          handler: () => 2,
        }),
      },
    });
    const described = openApi(portico, { title: 'K', version: '1' });
    await expectValid(described);
    expect(described.components.schemas['Same']).toMatchObject({ required: ['a'] });
    expect(described.components.schemas['Same2']).toMatchObject({ required: ['b'] });
  });

  it('describe what recurs by reference', () => {
    const name =
      Object.keys(document.components.schemas).find((key) => key.startsWith('RichInputSchema')) ?? '';
    expect(schema(name)['properties']).toHaveProperty('parts', {
      type: 'array',
      items: { $ref: `#/components/schemas/${name}` },
    });
  });

  it('read Valibot and ArkType as well, and what `decode` says of other libraries', () => {
    expect(schema('ValibotInput')).toMatchObject({
      properties: { when: { type: 'string', format: 'date-time' }, count: { default: 2 } },
      required: ['when', 'items'],
    });
    expect(schema('ArktypeInput')).toMatchObject({
      properties: { count: { default: 3 } },
      required: ['name'],
    });
    expect(schema('DescribedForm')).toMatchObject({ properties: { when: { format: 'date-time' } } });
  });

  it('make parameters of the query of a GET', () => {
    const parameters = rpc('search').get?.parameters ?? [];
    expect(parameters.map(({ name, required, style }) => [name, required, style])).toEqual([
      ['q', true, undefined],
      ['page', undefined, undefined],
      ['tags', undefined, 'form'],
      ['near', undefined, 'deepObject'],
    ]);
  });
});

describe('answers', () => {
  it.each([
    ['plain', ['200', '400', '403', '413', '415', '500', '503', 'default']],
    ['users.saveUser', ['200', '400', '401', '403', '409', '413', '415', '429', '500', '503', 'default']],
    ['nothing', ['200', '204', '400', '403', '413', '415', '500', '503', 'default']],
    ['choice', ['200', '204', '400', '401', '403', '409', '413', '415', '500', '503', 'default']],
  ])('of %s are all that it can give', (name, expected) => {
    expect(statuses(rpc(name).post?.responses)).toEqual(expected);
  });

  it('say where devalue may come, and where a redirect stands beside the data', () => {
    expect(Object.keys(content(rpc('rich').post?.responses['200']))).toContain('application/json+devalue');
    expect(Object.keys(content(rpc('plain').post?.responses['200']))).not.toContain(
      'application/json+devalue',
    );
    expect(Object.keys(content(rpc('moved').post?.responses['200']))).toEqual([
      'application/json; portico=redirect',
    ]);
  });

  it('give own errors their data, and limits their Retry-After', () => {
    const taken = content(rpc('users.saveUser').post?.responses['409'])['application/json']?.schema;
    expect(taken).toMatchObject({ properties: { code: { const: 'TAKEN' }, data: { required: ['since'] } } });
    const limited = rpc('users.saveUser').post?.responses['429'] as OpenApiResponse;
    expect(limited.headers).toHaveProperty('Retry-After');
  });

  it('name the idempotency key where a repeat is answered once', () => {
    expect(rpc('choice').post?.parameters?.map(({ name }) => name)).toContain('Idempotency-Key');
    expect(rpc('plain').post?.parameters?.map(({ name }) => name)).not.toContain('Idempotency-Key');
  });
});

describe('security', () => {
  it('asks for the session under its real name where access asks for a user', () => {
    expect(document.components.securitySchemes?.['session']).toMatchObject({
      in: 'cookie',
      name: '__Host-portico',
    });
    expect(rpc('users.saveUser').post?.security).toEqual([{ session: [] }]);
    expect(rpc('choice').post?.security).toEqual([{ session: [] }, {}]);
    expect(rpc('plain').post?.security).toBeUndefined();
  });

  it('names the cookie of localhost as it is there, and the ways in that the app adds', () => {
    const described = openApi(createKitchen(), {
      title: 'K',
      version: '1',
      servers: [{ url: 'http://localhost:3000' }],
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
    });
    expect(described.components.securitySchemes).toMatchObject({
      session: { name: 'portico' },
      bearer: { type: 'http' },
    });
    const path = described.paths['/_actions/users.saveUser'];
    expect(path?.post?.security).toEqual([{ session: [] }, { bearer: [] }]);
  });

  it('asks for the token where the app does', () => {
    const portico = createPortico({
      actions: { ping: defineAction({ handler: () => 'pong' }) },
      secrets: ['a secret of the kitchen, thirty-two characters long'],
      csrf: 'token',
    });
    const described = openApi(portico, { title: 'K', version: '1' });
    expect(described.paths['/actions/ping']?.post?.security).toEqual([{ session: [], csrfToken: [] }]);
    expect(described.paths['/_actions/ping']?.post?.security).toBeUndefined();
    expect(operationsOf(described)).toHaveLength(2);
  });
});
