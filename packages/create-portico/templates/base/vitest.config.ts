import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    // Nothing that tests write stays.
    env: { DATA_DIR: mkdtempSync(join(tmpdir(), '{{name}}-')), DATABASE_URL: 'sqlite::memory:' },
  },
});
