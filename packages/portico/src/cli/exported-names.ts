const DECLARED = /\bexport\s+(?:declare\s+)?(?:const|let|var|(?:async\s+)?function\*?|class)\s+([\w$]+)/g;
const TAKEN_APART = /\bexport\s+(?:const|let|var)\s*[{[]([^=]*)[}\]]\s*=/g;
const LISTED = /\bexport\s*\{([^}]*)\}/g;
const COMMON_JS = /\b(?:module\.)?exports\.([\w$]+)\s*=/g;
const COMMON_JS_LIST = /\bmodule\.exports\s*=\s*\{([^}]*)\}/g;

/**
 * The names that a module exports, read from its text: to run it might start a server. `'*'` stands for what it exports from
 * others, which is not followed. Types do not count.
 */
export function exportedNames(text: string): ReadonlySet<string> {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1');
  const names = new Set<string>();
  for (const pattern of [DECLARED, COMMON_JS])
    for (const [, name] of code.matchAll(pattern)) names.add(name ?? '');
  for (const pattern of [LISTED, TAKEN_APART, COMMON_JS_LIST]) {
    for (const [, list = ''] of code.matchAll(pattern)) for (const name of namesIn(list)) names.add(name);
  }
  if (/\bexport\s*\*\s*from\b/.test(code)) names.add('*');
  return names;
}

/** `a, b as c, d: e, type F` is a, c, e. */
function namesIn(list: string): string[] {
  return list.split(',').flatMap((entry) => {
    const words = entry.trim().split(/\s+as\s+|\s*:\s*/);
    const name = words.at(-1) ?? '';
    return entry.trim().startsWith('type ') || !/^[\w$]+$/.test(name) ? [] : [name];
  });
}
