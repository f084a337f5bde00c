// Holds the direction of imports in each package's src (oxlint's no-cycle holds the cycles):
//   hosts → app → request → match, receive, run, doors;  doors → present → outcome → context → http;
//   run and http are strangers to each other;  all → define, schema → lib;  client → wire
// and in site: site → actions → sessions → entries, users, addresses → content → fields;  db, mail, files, pages implement or show what rules define
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * A layer is a folder or a top-level file of src. `imports`: the layers it may import besides itself, wire and lib;
 * `types`: those it may also import by `import type`, '*' for all.
 */
const portico = {
  lib: { imports: [] },
  wire: { imports: [] },
  schema: { imports: [], types: ['define'] },
  define: { imports: ['schema'], types: ['http', 'forms'] },
  run: { imports: ['define', 'schema'] },
  http: { imports: [], types: ['define'] },
  context: { imports: ['http', 'define', 'schema'], types: ['outcome'] },
  receive: { imports: ['context', 'http', 'define', 'schema'] },
  outcome: { imports: ['context', 'http', 'define', 'schema'] },
  forms: { imports: ['outcome', 'context', 'http', 'define', 'schema'] },
  present: { imports: ['outcome', 'context', 'http', 'define'] },
  doors: { imports: ['present', 'outcome', 'context', 'http', 'define'] },
  match: { imports: ['context', 'http', 'define'] },
  request: {
    imports: ['match', 'receive', 'run', 'doors', 'present', 'outcome', 'context', 'http', 'define'],
  },
  app: { imports: ['request', 'match', 'forms', 'present', 'outcome', 'context', 'http', 'define'] },
  hosts: { imports: ['app', 'forms', 'http', 'vite'], types: '*' },
  openapi: { imports: ['app', 'context', 'define', 'schema'], types: '*' },
  doctor: { imports: ['app', 'context', 'http', 'define', 'schema'], types: '*' },
  explorer: {
    imports: ['app', 'doctor', 'openapi', 'forms', 'receive', 'context', 'http', 'define', 'schema'],
    types: '*',
  },
  mcp: {
    imports: ['app', 'openapi', 'forms', 'receive', 'context', 'http', 'define', 'schema'],
    types: '*',
  },
  vite: { imports: ['app', 'define'], types: '*' },
  cli: { imports: ['app', 'doctor', 'openapi', 'vite', 'define'], types: '*' },
  testing: { imports: ['app', 'client', 'forms', 'http', 'define', 'schema'], types: '*' },
  client: { imports: [], types: '*' },
};
const site = {
  lib: { imports: [] },
  fields: { imports: [], types: '*' },
  files: { imports: [], types: '*' },
  users: { imports: ['fields', 'files'], types: '*' },
  addresses: { imports: ['users', 'fields'], types: '*' },
  content: { imports: ['addresses', 'fields'], types: '*' },
  assets: { imports: ['users', 'files', 'fields'], types: '*' },
  entries: { imports: ['assets', 'content', 'users', 'fields'], types: '*' },
  contact: { imports: ['fields'], types: '*' },
  sessions: { imports: ['users'], types: '*' },
  mail: { imports: [], types: '*' },
  pages: { imports: ['sessions'], types: '*' },
  db: { imports: ['entries', 'content', 'users'], types: '*' },
  actions: {
    imports: [
      ...['sessions', 'users', 'addresses', 'fields', 'files', 'pages'],
      ...['entries', 'content', 'assets', 'contact'],
    ],
    types: '*',
  },
  'setting-groups': { imports: [], types: '*' },
  config: { imports: ['setting-groups'], types: '*' },
  'resolve-settings': { imports: ['config', 'check-settings'] },
  'check-settings': { imports: ['content', 'addresses', 'mail'], types: '*' },
  database: { imports: [], types: '*' },
  services: { imports: [], types: '*' },
  queries: { imports: ['entries', 'assets', 'content', 'users', 'fields', 'files'], types: '*' },
  'special-paths': { imports: [], types: '*' },
  housekeeping: { imports: ['files'], types: '*' },
  site: {
    imports: [
      ...['actions', 'sessions', 'users', 'content', 'entries', 'assets', 'files', 'mail', 'pages', 'db'],
      ...['resolve-settings', 'queries', 'special-paths', 'housekeeping'],
    ],
    types: '*',
  },
  cli: { imports: ['site', 'users', 'content', 'fields', 'mail', 'resolve-settings'], types: '*' },
};
const everyone = ['wire', 'lib'];

const advice = {
  lib: 'lib holds pure files that know nothing of the rest: move what you need into lib, or your file out of it.',
  wire: 'wire is what server and browser both know: move the shared name or type into wire.',
  schema: 'schema turns schemas into plans and knows no request: take what you need as an argument.',
  define:
    'define is what an author writes, without HTTP: move the type to its owner below, or take a value as an argument.',
  run: 'run knows actions but no HTTP: have the door read the request and pass values in.',
  http: 'http knows requests but runs no actions: have the door call both.',
  forms: 'forms describes one form: have the door or app pass the outcome in.',
  doors: 'a door decodes, executes and presents: what app knows reaches it as an argument.',
  context: 'context holds what is known of one request: later steps read it, it calls none of them.',
  receive: 'receive reads what was sent and checks it; it runs nothing and answers nothing.',
  outcome: 'outcome says what came of an action, for whoever presents it; it makes no answer itself.',
  present: 'present makes answers of outcomes; which one is the business of a door.',
  request: 'request takes one request through the steps; doors and pages are handed what they need.',
  match: 'match finds the door and the action, it runs neither.',
  app: 'app wires the parts; hosts and the client stand outside of it.',
  hosts: 'a host translates and never decides: offer what it needs on the app.',
  openapi: 'openapi describes a mounted app; take what you need from appOf(portico).',
  doctor: 'doctor looks at a mounted app and says what it sees; the cli and the explorer show it.',
  explorer: 'the explorer is a plugin: it reaches the app as its visitors do, and by appOf(portico).',
  mcp: 'mcp is a plugin: it reaches the app as its visitors do, and by appOf(portico).',
  vite: 'the vite plugin reads names of actions; nothing of a request is its business.',
  cli: 'the cli prints what doctor and openapi make.',
  testing: 'the test client goes through the app, as a visitor does.',
  client: 'the client ships to browsers: import types, or move the value into wire.',
};

const siteAdvice = {
  ...advice,
  fields: 'a kind of field knows values and nothing of who has them.',
  files: 'files stores and encodes; who may change a photo is a rule of users.',
  users: 'rules know no HTTP and no SQL: take what you need through a port of Services.',
  addresses: 'rules know no HTTP and no SQL: take what you need through a port of Services.',
  content: 'content says what there may be; it reads and writes nothing.',
  entries: 'rules know no HTTP and no SQL: take what you need through a port of Services.',
  assets: 'rules know no HTTP and no SQL: take what you need through a port of Services.',
  contact: 'rules know no HTTP and no SQL: take what you need through a port of Services.',
  sessions: 'sessions ties users to requests; an action calls it.',
  mail: 'mail writes and sends what it is handed.',
  pages: 'a fallback page shows what the context holds; it decides nothing.',
  db: 'db implements ports: move the rule to the folder that owns the port.',
  actions: 'an action reads input and presents what a rule returned; adapters reach it through Services.',
  site: 'site.ts wires.',
  cli: 'the command line works on a site as its owner does.',
};

const problems = [];

checkLayers('packages/portico', portico, advice);
checkLayers('packages/site', site, siteAdvice);
checkEntries('packages/portico');
checkEntries('packages/site');
checkBrowserSafe('packages/portico', './client');
checkOnlyIn('packages/portico', '~standard', 'schema');

for (const { file, message } of problems) console.error(`${file}: ${message}`);
if (problems.length > 0)
  console.error(`\n${problems.length} layer problems; the table is in scripts/check-layers.mjs.`);
process.exitCode = problems.length > 0 ? 1 : 0;

function checkLayers(pack, table, hints) {
  const src = join(root, pack, 'src');
  const entries = entryFiles(pack);
  for (const file of sources(src)) {
    if (entries.includes(file)) continue;
    const layer = layerOf(src, file);
    const rule = table[layer];
    if (!rule) {
      report(
        file,
        `"${layer}" stands in no layer: put the file into one (${Object.keys(table).join(', ')}).`,
      );
      continue;
    }
    for (const found of importsOf(file)) {
      if (!found.target) continue;
      const to = layerOf(src, found.target);
      if (entries.includes(found.target)) {
        report(file, `imports the entry file ${found.specifier}: import the file that owns the name.`);
      } else if (to !== layer && !everyone.includes(to) && !rule.imports.includes(to)) {
        const byType = rule.types === '*' || rule.types?.includes(to);
        if (found.typeOnly && byType) continue;
        const hint = byType ? 'Only `import type` may cross here. ' : '';
        report(
          file,
          `${layer} may not import ${to} (${found.specifier}). ${hint}Instead: ${hints[layer] ?? 'pass it in as an argument.'}`,
        );
      }
    }
  }
}

/** An `exports` key is one file that only re-exports: whoever reads it sees the public surface and nothing else. */
function checkEntries(pack) {
  for (const file of entryFiles(pack)) {
    if (!existsSync(file)) continue;
    const rest = codeOf(file).replace(
      /export\s+(type\s+)?(\*(\s+as\s+\w+)?|\{[^}]*\})\s+from\s+'[^']+';?/g,
      '',
    );
    if (rest.trim() !== '') {
      report(
        file,
        `holds more than re-exports ("${rest.trim().split('\n')[0]}"): move it to the folder it belongs to.`,
      );
    }
  }
}

/** What a browser loads must not reach for Node, however deep. */
function checkBrowserSafe(pack, key) {
  const start = join(root, pack, exportsOf(pack)[key]);
  const queue = [[start]];
  const seen = new Set(queue[0]);
  for (const path of queue) {
    if (!existsSync(path.at(-1))) continue;
    for (const { specifier, target, typeOnly } of importsOf(path.at(-1))) {
      if (typeOnly) continue;
      if (specifier.startsWith('node:')) {
        const chain = path.map((file) => relative(root, file)).join(' → ');
        report(
          start,
          `reaches ${specifier} by ${chain}: browsers have no Node, move that import out of the chain.`,
        );
      } else if (target && !seen.has(target)) {
        seen.add(target);
        queue.push([...path, target]);
      }
    }
  }
}

function checkOnlyIn(pack, text, folder) {
  const src = join(root, pack, 'src');
  for (const file of sources(src)) {
    if (layerOf(src, file) !== folder && codeOf(file).includes(text)) {
      report(file, `names ${text}: only ${folder}/ does, call it instead.`);
    }
  }
}

function importsOf(file) {
  const statement =
    /\b(import|export)\s+(type\s+)?(?:[\w*$\s{},]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'/g;
  return [...codeOf(file).matchAll(statement)].map(([whole, , type, from, dynamic]) => {
    const specifier = from ?? dynamic;
    const names = /\{([^}]*)\}/
      .exec(whole)?.[1]
      .split(',')
      .filter((name) => name.trim() !== '');
    const allTypes =
      /\bimport\s*\{/.test(whole) && names?.length && names.every((name) => /^\s*type\s/.test(name));
    return {
      specifier,
      typeOnly: Boolean(type || allTypes),
      target: specifier.startsWith('.') ? join(dirname(file), specifier) : undefined,
    };
  });
}

function codeOf(file) {
  return readFileSync(file, 'utf8')
    .replace(/(^|\s)\/\*[\s\S]*?\*\//g, '$1') // one that starts a word: '*/*' is a media type
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

function sources(src) {
  return globSync('**/*.ts', { cwd: src }).map((file) => join(src, file));
}

function layerOf(src, file) {
  return relative(src, file).split('/')[0].replace(/\.ts$/, '');
}

function exportsOf(pack) {
  const { exports } = JSON.parse(readFileSync(join(root, pack, 'package.json'), 'utf8'));
  return Object.fromEntries(Object.entries(exports).map(([key, paths]) => [key, paths['portico-source']]));
}

function entryFiles(pack) {
  return Object.values(exportsOf(pack)).map((path) => join(root, pack, path));
}

function report(file, message) {
  problems.push({ file: relative(root, file), message });
}
