import { describe, expect, test } from 'vitest';
import { codeOf, connect, JSON_ACCEPT, post, toFormData } from './wrong-app.ts';

// DESIGN.md section 3, “What is wrong gets a right answer”: at every door the row applies to, always with a body.

describe('action[], a bad signature: 400 naming the parameter, before the handler runs', () => {
  test.each([
    ['body', () => ['/page', new URLSearchParams({ 'action[]': 'save', name: 'Ada' })] as const],
    [
      'body, twice',
      () => ['/page', new URLSearchParams({ 'action[a]': 'save', action: 'save', name: 'Ada' })] as const,
    ],
    ['multipart body', () => ['/page', toFormData({ 'action[]': 'save', name: 'Ada' })] as const],
    ['query', () => ['/page?action[]=save', new URLSearchParams({ name: 'Ada' })] as const],
    ['query, encoded', () => ['/page?action%5B0%5D=save', new URLSearchParams({ name: 'Ada' })] as const],
  ])('action[] in the %s', async (_where, request) => {
    const { visitor, ran } = await connect();
    const [path, body] = request();

    const answer = await codeOf(await visitor.post(path, body, { headers: JSON_ACCEPT }));

    expect(answer).toMatchObject({
      status: 400,
      code: 'BAD_REQUEST',
      message: expect.stringContaining('action'),
    });
    expect(ran).toEqual([]);
  });

  test.each(['redirect', 'successMessage', 'failMessage'])(
    '%s that is not signed, at every form door',
    async (param) => {
      const { visitor, ran } = await connect();

      for (const door of ['page', 'path', 'query', 'body', 'route'] as const) {
        const answer = await codeOf(
          await post(visitor, door, 'save', new URLSearchParams({ [param]: '/there', name: 'Ada' })),
        );
        expect([door, answer]).toMatchObject([
          door,
          { status: 400, message: expect.stringContaining(param) },
        ]);
      }
      expect(ran).toEqual([]);
    },
  );

  test.each(['redirect[]', 'failMessage[0]'])('%s is no list', async (name) => {
    const { visitor, ran } = await connect();

    const answer = await codeOf(
      await post(visitor, 'body', 'save', new URLSearchParams({ [name]: '/there', name: 'Ada' })),
    );

    expect(answer).toMatchObject({ status: 400, message: expect.stringContaining(name.split('[')[0] ?? '') });
    expect(ran).toEqual([]);
  });
});
