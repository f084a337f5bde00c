#!/usr/bin/env node
import { UserError } from './user-error.mjs';
import { run } from './run.mjs';

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
