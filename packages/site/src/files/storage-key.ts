/**
 * The folders and the name of a storage key. Keys are made by the server alone; one that could lead out of the storage's
 * folder is a mistake of the program, so it throws a `TypeError` that quotes the key.
 */
export function keySegments(key: string): readonly string[] {
  const segments = key.split('/');
  const isKey = key.length <= 255 && /^[a-z0-9/._-]+$/.test(key) && segments.every(isSegment);
  if (!isKey) {
    throw new TypeError(
      `${JSON.stringify(key.slice(0, 300))} is no storage key. Write folders and a name of a-z, 0-9, "_", "-" and ` +
        'single dots, with "/" between them: photos/3f/cover.webp.',
    );
  }
  return segments;
}

// `.part` is what a file is called while it is being written.
function isSegment(segment: string): boolean {
  return (
    segment !== '' && !segment.startsWith('.') && !segment.includes('..') && !/(?:\.|\.part)$/.test(segment)
  );
}
