#!/usr/bin/env node
import { processIo } from './cli-io.ts';
import { runCli } from './run-cli.ts';

// The site is loaded by the commands that need it: help comes at once.
const open = async (module: string | undefined) => {
  const { openSite } = await import('./open-site.ts');
  if (module === undefined) return openSite(process.env);
  const { loadSite } = await import('./load-site.ts');
  return openSite(process.env, await loadSite(module));
};

// The exit code only: what was printed may still be on its way through a pipe.
process.exitCode = await runCli(process.argv.slice(2), processIo, open);
