// Every relative link in a Markdown file of the repository leads to a file, and its #anchor to a heading there.
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const skip = ['node_modules', 'dist', 'coverage', '.git', '.data'];
const problems = [];

for (const name of globSync('**/*.md', {
  cwd: root,
  exclude: (path) => skip.includes(path.split('/').at(-1)),
})) {
  const file = join(root, name);
  for (const [, link] of prose(file).matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g)) {
    if (/^[a-z][a-z+.-]*:|^\/\//i.test(link)) continue;
    const [path, anchor] = link.split('#');
    const target = path ? join(path.startsWith('/') ? root : dirname(file), decodeURIComponent(path)) : file;
    if (!existsSync(target)) problems.push(`${name}: ${link} leads nowhere`);
    else if (
      anchor &&
      statSync(target).isFile() &&
      target.endsWith('.md') &&
      !anchors(target).includes(anchor)
    ) {
      problems.push(`${name}: ${link} names no heading of that file`);
    }
  }
}

for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** The text without code, where brackets mean something else. */
function prose(file) {
  return readFileSync(file, 'utf8')
    .replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
    .replace(/`[^`\n]*`/g, '');
}

function anchors(file) {
  const text = readFileSync(file, 'utf8').replace(/^(```|~~~)[\s\S]*?^\1/gm, '');
  return [...text.matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
