import { createPortico, defineAction, type RateLimitStore } from 'portico';
import { createTestClient } from 'portico/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { production } from '../support/production.ts';

describe('limits by address', () => {
  const allowed = async (addresses: readonly string[]): Promise<boolean[]> => {
    const login = defineAction({ limit: { points: 1, seconds: 60, by: 'ip' }, handler: () => null });
    const portico = createPortico({ actions: { login }, ...production });
    const answers: boolean[] = [];
    for (const clientAddress of addresses) {
      const client = createTestClient(portico, { clientAddress });
      answers.push((await client.rpc(login)).error === undefined);
    }
    return answers;
  };

  it.each([
    [
      'the 2^64 addresses of one IPv6 subscriber are one',
      ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:DB8::3'],
      1,
    ],
    [
      'so are they where zeros are left out',
      ['2001:db8:0:1::', '2001:db8:0:1:2:3:4:5', '2001:db8::1:0:0:0:9'],
      1,
    ],
    ['the next network is another', ['2001:db8:0:1::1', '2001:db8:0:2::1', '2001:db8::1'], 3],
    ['short addresses', ['::1', '::2', '1::', '1::2'], 2],
    ['IPv4 is counted by address, also inside IPv6', ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.2'], 2],
  ])('%s', async (_what, addresses, networks) => {
    expect((await allowed(addresses)).filter(Boolean)).toHaveLength(networks);
  });
});

describe('limits by input', () => {
  it('a megabyte of input is no megabyte in the store, and still a key of its own', async () => {
    const keys = new Set<string>();
    const limits: RateLimitStore = {
      consume: (key) => {
        keys.add(key);
        return { allowed: true, retryAfter: 0 };
      },
    };
    const login = defineAction({
      input: z.object({ email: z.string() }),
      limit: { points: 1, seconds: 60, by: (_ctx, input) => (input as { email: string }).email },
      handler: () => null,
    });
    const client = createTestClient(createPortico({ actions: { login }, limits, ...production }));
    for (const email of ['a@example.com', 'a'.repeat(900_000), 'b'.repeat(900_000)])
      await client.rpc(login, { email });
    expect(keys.size).toBe(3);
    expect(Math.max(...[...keys].map((key) => key.length))).toBeLessThan(400);
    expect([...keys][0]).toContain('a@example.com');
  });
});
