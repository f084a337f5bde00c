import { describe, expect, test, vi } from 'vitest';
import { ActionError } from 'portico';
import { describeSites, type TestSite } from '../support/site.ts';

const PATH = '/actions/app/health-check';

function breakDatabase({ site }: TestSite, error: unknown): void {
  vi.spyOn(site.services.database, 'ping').mockRejectedValue(error);
}

describeSites('app/health-check', (open) => {
  test.each(['text/html', 'application/json', '*/*', 'image/png'])(
    'is an empty 200 for %s',
    async (accept) => {
      const app = await open();
      const answer = await app.visitor().send(PATH, { headers: { accept } });
      expect([answer.status, answer.text]).toEqual([200, '']);
      expect(answer.headers.get('cache-control')).toContain('no-store');
    },
  );

  test.each(['GET', 'HEAD', 'POST'])('takes %s from a monitor without cookies or token', async (method) => {
    const app = await open();
    const response = await fetch(app.origin + PATH, { method });
    expect([response.status, await response.text()]).toEqual([200, '']);
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test('another verb is 400, with the ones there are', async () => {
    const app = await open();
    const headers = { accept: 'application/json' };
    const answer = await app.visitor().send(PATH, { method: 'DELETE', headers });
    expect([answer.status, answer.headers.get('allow')]).toEqual([400, 'GET, HEAD, POST']);
  });

  test('as a typed call it is an empty 204', async () => {
    const app = await open();
    const answer = await app.visitor().send('/_actions/app.healthCheck');
    expect([answer.status, answer.text]).toEqual([204, '']);
  });

  describe('an outage of the database', () => {
    const outages: ReadonlyArray<[string, unknown]> = [
      ['that the store reports', new ActionError({ code: 'SERVICE_UNAVAILABLE', message: 'Out of reach.' })],
      [
        'of a driver’s own',
        Object.assign(new Error('connect ECONNREFUSED 10.0.0.1'), { code: 'ECONNREFUSED' }),
      ],
    ];
    test.each(outages)('%s is 503 with a message, and tells nothing of the server', async (_what, error) => {
      const app = await open();
      breakDatabase(app, error);
      for (const accept of ['text/html', 'application/json']) {
        const answer = await app.visitor().send(PATH, { headers: { accept } });
        expect([accept, answer.status]).toEqual([accept, 503]);
        expect(answer.text).not.toBe('');
        expect(answer.text).not.toContain('ECONNREFUSED');
        expect(answer.text).not.toContain('10.0.0.1');
      }
    });
  });
});
