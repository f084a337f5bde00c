const MAX_LENGTH = 64;

// Parameters and attributes of entries: with `fieldsLocation: ''` fields stand among the parameters, and sections and types
// are keys of objects. Names that every object has are told apart by asking an object.
const RESERVED = new Set(
  [
    ['id', 'uid', 'title', 'slug', 'uri', 'url', 'status', 'version', 'level', 'draft', 'draftId'],
    ['section', 'sectionId', 'type', 'typeId', 'site', 'siteId', 'canonicalId', 'entryId', 'sourceId'],
    ['author', 'authors', 'authorId', 'authorIds', 'creator', 'creatorId', 'parent', 'parentId'],
    ['postDate', 'expiryDate', 'dateCreated', 'dateUpdated', 'createdAt', 'updatedAt'],
    ['enabled', 'enabledForSite', 'provisional', 'notes', 'revisionNotes', 'revisionId', 'saveAsDraft'],
    ['fields', 'fieldsLocation', 'entryVariable', 'action', 'redirect', 'successMessage', 'failMessage'],
    ['prototype'],
  ].flat(),
);

/** Why this is no handle of a site, section, entry type or field; undefined where it is one. */
export function handleFault(handle: string): string | undefined {
  return spellingFault(handle) ?? (RESERVED.has(handle) ? taken(handle) : undefined);
}

/** The same for a field within another field, which no parameter stands beside. */
export function nestedHandleFault(handle: string): string | undefined {
  return spellingFault(handle) ?? (handle === 'fields' ? taken(handle) : undefined);
}

function spellingFault(handle: string): string | undefined {
  if (!/^[a-zA-Z]\w*$/.test(handle))
    return `${JSON.stringify(handle)} is no handle: write a letter followed by letters, digits and _.`;
  if (handle.length > MAX_LENGTH) return `a handle has at most ${MAX_LENGTH} characters.`;
  return handle in Object.prototype ? taken(handle) : undefined;
}

const taken = (handle: string): string =>
  `the handle "${handle}" is taken by what every entry has: choose another.`;

/** What stands there more than once, each once. `sameAs` makes alike what counts as the same. */
export function repeated<Item>(items: readonly Item[], sameAs: (item: Item) => unknown): readonly Item[] {
  const seen = new Set<unknown>();
  const told = new Set<unknown>();
  return items.filter((item) => {
    const key = sameAs(item);
    const isRepeated = seen.has(key) && !told.has(key);
    if (seen.has(key)) told.add(key);
    seen.add(key);
    return isRepeated;
  });
}
