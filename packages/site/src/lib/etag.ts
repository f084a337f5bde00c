/** Whether `If-None-Match` names a tag: RFC 9110 section 13.1.2, weak comparison. */
export function isKnownTag(etag: string, header: string | null): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
