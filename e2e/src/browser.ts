import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { inflate } from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core';

const packed = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')));
const { version } = JSON.parse(readFileSync(join(packed, '../package.json'), 'utf8')) as { version: string };
const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
let unpacked: Promise<string> | undefined;

// The packed one names a folder that only its own launcher fills; without a single font the renderer dies at its first page.
const fontConfig = '<fontconfig><dir prefix="relative">fonts</dir></fontconfig>';

const args = [
  '--headless',
  '--no-sandbox', // as root, Chromium refuses to start with one
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium that came with `npm ci`; close it when done.
 * `CHROMIUM_PATH` names another one, for machines the packed one does not run on (it is for Linux on x64).
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own) return chromium.launch({ executablePath: own, args });
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`No packed Chromium for ${process.platform} ${process.arch}: set CHROMIUM_PATH to one.`);
  }
  const home = await (unpacked ??= unpack());
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), // NSS and Expat, which a bare Debian lacks
      FONTCONFIG_PATH: join(home, 'fonts'),
    },
  });
}

/** A browser profile of its own, which scrolls at once. What does not happen within 15 seconds does not happen. */
export async function openContext(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  return context;
}

/** Unpacks the browser beside the packages it came from, once; returns its folder. */
async function unpack(): Promise<string> {
  const home = join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${home}-`);
  const temporary = process.env['TMPDIR'];
  process.env['TMPDIR'] = draft; // the only way to tell `inflate` where to
  try {
    const archives = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br'];
    await Promise.all(archives.map((archive) => inflate(join(packed, archive))));
    await writeFile(join(draft, 'fonts', 'fonts.conf'), fontConfig);
    await rename(draft, home); // so that nobody starts a half-written browser
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error; // else a parallel run was first
  } finally {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  }
  return home;
}
