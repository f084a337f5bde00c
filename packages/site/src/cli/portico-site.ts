#!/usr/bin/env node
import { processIo } from './cli-io.ts';
import { runCli } from './run-cli.ts';

// The site is loaded by the commands that need it: help comes at once.
const open = async () => (await import('./open-site.ts')).openSite(process.env);

// The exit code only: what was printed may still be on its way through a pipe.
process.exitCode = await runCli(process.argv.slice(2), processIo, open);
