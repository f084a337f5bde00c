/** A way to call the action `notes.save` with a title, over HTTP. */
export interface Door {
  readonly name: string;
  readonly path: string;
  /** The body field that names the action, where one does. */
  readonly action?: string;
  readonly takes: 'json' | 'form';
  /** Whether failures are answered with Craft's statuses. */
  readonly isController: boolean;
}

export const DOORS: readonly Door[] = [
  { name: 'rpc', path: '/_actions/notes.save', takes: 'json', isController: false },
  { name: 'rpc with a form', path: '/_actions/notes.save', takes: 'form', isController: false },
  { name: 'page', path: '/page?_action=notes.save', takes: 'form', isController: false },
  { name: 'path', path: '/actions/notes/save', takes: 'form', isController: true },
  { name: 'path with JSON', path: '/actions/notes/save', takes: 'json', isController: true },
  { name: 'query', path: '/page?action=notes/save', takes: 'form', isController: true },
  { name: 'body', path: '/page', action: 'notes/save', takes: 'form', isController: true },
  { name: 'route', path: '/save-note', takes: 'form', isController: true },
];

export const ROUTES = { 'POST /save-note': 'notes.save' } as const;

/** The body that a door takes, and its content type. */
export function bodyFor(
  door: Door,
  fields: Readonly<Record<string, string>>,
): { body: string; type: string } {
  if (door.takes === 'json') return { body: JSON.stringify(fields), type: 'application/json' };
  const action = door.action === undefined ? {} : { action: door.action };
  return {
    body: new URLSearchParams({ ...action, ...fields }).toString(),
    type: 'application/x-www-form-urlencoded',
  };
}
