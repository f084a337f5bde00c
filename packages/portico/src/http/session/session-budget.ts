/** Says that an entry of a session was left out because its cookie had no room for it. */
export interface SessionLogEntry {
  readonly event: 'session-input-dropped' | 'session-result-dropped';
  readonly key: string;
  /** How many bytes of JSON that was. */
  readonly bytes: number;
}

export type SessionLog = (entry: SessionLogEntry) => void;

type Data = Readonly<Record<string, unknown>>;

/**
 * The data with as much left out as it takes to fit: first kept input (`_kept…`), oldest first, then the
 * values of results (`_results…`), whose marks stay. Nothing else is ever left out. `excess` says by how many
 * bytes data is too large, 0 or less when it fits. Throws when what must stay does not fit.
 */
export function withinBudget(data: Data, excess: (data: Data) => number, log: SessionLog): Data {
  let fitting = data;
  for (const [key, value] of droppable(data)) {
    if (excess(fitting) <= 0) return fitting;
    const { [key]: entry, ...others } = fitting;
    fitting = value === undefined ? others : { ...others, [key]: value };
    log({
      event: value === undefined ? 'session-input-dropped' : 'session-result-dropped',
      key,
      bytes: jsonBytes(entry) - (value === undefined ? 0 : jsonBytes(value)),
    });
  }
  if (excess(fitting) <= 0) return fitting;
  throw new Error(tooLarge(fitting, excess(fitting)));
}

/** What to replace by what, in the order in which it goes; `undefined` stands for nothing at all. */
function droppable(data: Data): [key: string, replacement: unknown][] {
  const entries = Object.entries(data);
  const kept = entries.filter(([key]) => isOf('_kept', key));
  const results = entries.filter(([key]) => isOf('_results', key));
  return [
    ...kept.map(([key]): [string, unknown] => [key, undefined]),
    ...results.map(([key, value]): [string, unknown] => [key, withoutValues(value)]),
  ];
}

function isOf(family: string, key: string): boolean {
  return key === family || key.startsWith(`${family}/`);
}

// A result is `{ …mark, value }`; one key may also hold several of them.
function withoutValues(entry: unknown): unknown {
  if (typeof entry !== 'object' || entry === null) return entry;
  if (Array.isArray(entry)) return entry.map(withoutValues);
  if ('value' in entry) {
    const { value: _value, ...mark } = entry;
    return mark;
  }
  return Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, withoutValues(value)]));
}

function tooLarge(data: Data, excess: number): string {
  const sizes = Object.entries(data).map(([key, value]) => ({ key, bytes: jsonBytes(value) }));
  const largest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a), { key: '', bytes: 0 });
  const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    `The session holds ${all} bytes of data, ${excess} more than fit into a cookie of 3.5 KB; the largest part is ` +
    `${JSON.stringify(largest.key)} with ${largest.bytes}. Keep less in the session, or pass a \`session.store\`.`
  );
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
