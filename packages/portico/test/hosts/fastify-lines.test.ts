import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAgent } from '../support/agent.ts';
import { startApp, type ChildApp } from '../support/child-app.ts';
import { codeBlocks, pasteInto } from '../support/documented-lines.ts';
import { freshProject, type FreshProject } from '../support/fresh-project.ts';

// What docs/hosts.md shows for Fastify, pasted into an app that had no Portico. Express and Astro: e2e/hosts-five-lines.test.ts

const plain = `
import fastify from 'fastify';

const app = fastify();
app.get('/about', (_request, reply) => reply.type('text/html').send('<h1>About</h1>'));
app.post('/orders', (request, reply) => reply.code(201).send({ received: request.body }));
await app.listen({ port: 0, host: '127.0.0.1' });
console.log('listening on', app.server.address().port);
`;

const [sample] = codeBlocks('hosts.md', 'Fastify');
const form = (email: string): URLSearchParams => new URLSearchParams({ email });

describe('the lines of docs/hosts.md in an app of Fastify', () => {
  let project: FreshProject | undefined;
  let app: ChildApp;
  beforeAll(async () => {
    project = await freshProject({ 'app.ts': pasteInto(plain, sample?.code ?? '') });
    app = await startApp(project.folder, 'app.ts');
  }, 60_000);
  afterAll(async () => {
    await app?.close();
    await project?.remove();
  });

  test('are five', () => {
    const lines = sample?.code.split('\n') ?? [];
    expect(lines.filter((line) => /'portico|createPortico\(|porticoFastify,/.test(line))).toHaveLength(5);
  });

  test('show a wrong form again in place, with what was typed and what is wrong', async () => {
    const answer = await createAgent(app.origin).post('/?_action=signUp', form('ada@localhost'));
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('value="ada@localhost"');
    expect(page).toMatch(/aria-invalid="true"[^>]* aria-describedby="signUp__email-errors"/);
    expect(page).toContain('id="signUp__email-errors"');
  });

  test('answer a right one by 303, and say so once', async () => {
    const agent = createAgent(app.origin);
    const answer = await agent.post('/?_action=signUp', form('ada@example.com'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
    expect(await (await agent.get('/')).text()).toContain('<p role="status">Thank you!</p>');
    expect(await (await agent.get('/')).text()).not.toContain('role="status"');
  });

  test('refuse the form of another site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' };
    const agent = createAgent(app.origin);
    const answer = await agent.post('/?_action=signUp', form('ada@example.com'), { headers });
    expect(answer.status).toBe(403);
    expect(await (await agent.get('/')).text()).not.toContain('role="status"');
  });

  test('leave the app’s own routes as they were', async () => {
    const agent = createAgent(app.origin);
    expect(await (await agent.get('/about')).text()).toBe('<h1>About</h1>');
    const ordered = await agent.post('/orders', { item: 'tea' });
    expect([ordered.status, await ordered.json()]).toEqual([201, { received: { item: 'tea' } }]);
  });
});
