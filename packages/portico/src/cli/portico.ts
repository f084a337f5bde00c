#!/usr/bin/env node
import { processIo } from './cli-io.ts';
import { runCli } from './run-cli.ts';

const code = await runCli(process.argv.slice(2), processIo);
// What an app opens while it is loaded (a pool, a timer) would keep the process; what was printed goes out first.
process.stderr.write('', () => process.stdout.write('', () => process.exit(code)));
