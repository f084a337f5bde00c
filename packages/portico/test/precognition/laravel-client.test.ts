import { client, createValidator, type Validator, type ValidationErrors } from 'laravel-precognition';
import { createPortico, defineAction } from 'portico';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { serve } from '../support/serve.ts';

// The client of Laravel as it is published (npm: laravel-precognition), against an app of ours.

async function site() {
  const saved: unknown[] = [];
  const actions = {
    users: {
      save: defineAction({
        accept: 'any',
        input: z.object({
          name: z.string().min(2, 'Too short.'),
          email: z.email('No address.'),
          rows: z.array(z.object({ qty: z.int('No number.') })).optional(),
          photo: z.file('Choose a photo.'),
        }),
        handler: (input) => void saved.push(input),
      }),
      close: defineAction({ access: () => false, handler: () => null }),
    },
  };
  const { url } = await serve(createPortico({ actions, routes: { 'POST /users': 'users.save' } }));
  return { url, saved };
}

/** A form as its adapters for Vue, React and Alpine make one. */
function form(
  url: string,
  data: () => Record<string, unknown>,
): { validator: Validator; settled: () => Promise<void> } {
  const validator = createValidator((request) => request.post(url, data()), {});
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      validator.on('validatingChanged', () => validator.validating() || resolve());
    });
  return { validator, settled };
}

const ADDRESSES = ['/_actions/users.save', '/actions/users/save', '/users'];

describe.each(ADDRESSES)('at %s', (path) => {
  it('a field is validated by itself, and again when it was corrected', async () => {
    const { url, saved } = await site();
    let data = { name: '', email: 'ada', photo: new Blob(['x']) };
    const { validator, settled } = form(url + path, () => data);
    let done = settled();
    validator.validate('email', data.email);
    await done;
    expect(validator.errors()).toEqual({ email: ['No address.'] } satisfies ValidationErrors);
    expect(validator.valid()).toEqual([]);

    validator.setTimeout(1);
    done = settled();
    data = { ...data, email: 'ada@example.org' };
    validator.validate('email', data.email);
    await done;
    expect([validator.errors(), validator.valid()]).toEqual([{}, ['email']]);
    expect(saved).toEqual([]);
  });

  it('all touched fields are validated, each row of a list too, and files stay at home', async () => {
    const { url, saved } = await site();
    const data = { name: 'A', email: '', photo: new Blob(['x']), rows: [{ qty: 1 }, { qty: 'many' }] };
    const { validator, settled } = form(url + path, () => data);
    const done = settled();
    validator.touch(['name', 'rows.*.qty', 'photo']).validate();
    await done;
    expect(validator.errors()).toEqual({ name: ['Too short.'], 'rows.1.qty': ['No number.'] });
    expect(saved).toEqual([]);
  });
});

describe('its bare client', () => {
  it('calls back with what is wrong, and with success', async () => {
    const { url } = await site();
    const path = `${url}/_actions/users.save`;
    const told: unknown[] = [];
    const config = {
      onValidationError: (response: { data: unknown }) =>
        told.push((response.data as { errors: unknown }).errors),
      onPrecognitionSuccess: (response: { status: number }) => told.push(response.status),
    };
    await client.post(path, { name: 'A' }, { only: ['name'], ...config });
    await client.post(path, { name: 'Ada' }, { only: ['name'], ...config });
    expect(told).toEqual([{ name: ['Too short.'] }, 204]);
  });

  it('is told who may not ask', async () => {
    const { url } = await site();
    const told: unknown[] = [];
    await client.post(
      `${url}/actions/users/close`,
      {},
      {
        onUnauthorized: (response) => told.push(response.status, (response.data as { code: string }).code),
      },
    );
    expect(told).toEqual([401, 'UNAUTHORIZED']);
  });

  it('sends the form itself where it is told to', async () => {
    const { url, saved } = await site();
    const data = { name: 'Ada', email: 'ada@example.org', photo: new Blob(['x']) };
    await client.post(`${url}/_actions/users.save`, data, { precognitive: false });
    expect(saved).toMatchObject([{ name: 'Ada', email: 'ada@example.org' }]);
  });
});
