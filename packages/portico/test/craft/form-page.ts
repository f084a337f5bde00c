/** One `<form>` of a page, as a visitor without JavaScript has it. */
export interface PageForm {
  /** The attribute; `undefined` where the form posts to its own page. */
  readonly action: string | undefined;
  readonly fields: URLSearchParams;
}

/** The first form of a page with what stands in its inputs, and `typed` in those of that name. */
export function formOf(page: string, typed: Readonly<Record<string, string>> = {}): PageForm {
  const form = /<form\b([^>]*)>(.*?)<\/form>/s.exec(page);
  if (!form) throw new Error(`There is no form on this page: ${page}`);
  const fields = new URLSearchParams();
  for (const [tag] of (form[2] ?? '').matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name !== undefined) fields.append(name, attribute(tag, 'value') ?? '');
  }
  for (const [name, value] of Object.entries(typed)) fields.set(name, value);
  return { action: attribute(form[1] ?? '', 'action'), fields };
}

/** An attribute's value with its entities decoded. */
export function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(?:#39|quot|lt|gt|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Record<string, string> = {
  '&#39;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
};
