import { redirectInput, signedInput } from 'portico/html';
import { createTestClient } from 'portico/testing';
import { attribute, formOf } from './form-page.ts';
import type { CraftSite } from './site.ts';

/** Fills in the form of a page and sends it. */
export async function submit(
  site: CraftSite,
  path: string,
  typed: Record<string, string>,
  headers: Record<string, string> = {},
) {
  const visitor = site.agent();
  const form = formOf(await (await visitor.get(path)).text(), typed);
  const response = await visitor.post(form.action ?? path, form.fields, { headers });
  return {
    visitor,
    response,
    body: headers['accept'] ? ((await response.json()) as Record<string, unknown>) : {},
  };
}

/** A value signed as the helpers sign it. */
export async function signed(site: CraftSite, name: string, value: string): Promise<string> {
  const printed = await createTestClient(site.portico).read((ctx) =>
    name === 'redirect' ? redirectInput(ctx, value) : signedInput(ctx, name, value),
  );
  return attribute(String(printed), 'value') ?? '';
}
