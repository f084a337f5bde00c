import type { Asset } from '../assets/asset.ts';
import { mayUseAsset } from '../assets/may-use-asset.ts';
import type { ContentSection, ContentType } from '../content/content.ts';
import type { Stores } from '../database.ts';
import { completeFields } from '../fields/apply-fields.ts';
import { fieldLabel } from '../fields/field-label.ts';
import type { FieldValues } from '../fields/field.ts';
import type { Reference } from '../fields/reference.ts';
import type { Services } from '../services.ts';
import type { User } from '../users/user.ts';
import type { Editor } from './editor.ts';
import type { Entry } from './entry.ts';
import { mayEntry } from './may-entry.ts';
import { statusOf } from './status.ts';

type ReferenceStores = Pick<Stores, 'entries' | 'users' | 'assets'>;
type ReferenceServices = Pick<Services, 'settings' | 'content' | 'now'>;

export interface ReferenceCheck {
  readonly type: ContentType;
  readonly values: FieldValues;
  /** What was there before, on all sites: what it names may stay, whatever has become of it. */
  readonly former: readonly FieldValues[];
  readonly editor: Editor;
  /** `asset:3`: may be named whoever the editor is. */
  readonly made?: ReadonlySet<string> | undefined;
}

interface Named extends Reference {
  readonly handle: string;
  readonly label: string;
}

/**
 * What is wrong with what the values name, by handle and path: that it does not exist, is not what the field may name, or is
 * nothing the editor may see, all in the same words. Ids below 0 stand for what is yet to be made. Asks once for each kind.
 */
export async function referenceFaults(
  services: ReferenceServices,
  stores: ReferenceStores,
  { type, values, former, editor, made = new Set() }: ReferenceCheck,
): Promise<Record<string, string[]>> {
  const kept = new Set(former.flatMap((before) => referencesIn(type, before)).map(keyOf));
  const fresh = referencesIn(type, values).filter(
    (named) => named.id >= 0 && !kept.has(keyOf(named)) && !made.has(`${named.kind}:${named.id}`),
  );
  if (fresh.length === 0) return {};
  const available = await availableOf(services, stores, editor, fresh);
  const faults: Record<string, string[]> = {};
  for (const named of fresh) {
    if (available(named)) continue;
    const path = named.path === '' ? named.handle : `${named.handle}.${named.path}`;
    (faults[path] ??= []).push(`${named.label}: ${named.kind} “${named.id}” is not available.`);
  }
  return faults;
}

function keyOf({ handle, kind, id }: Named): string {
  return `${handle} ${kind}:${id}`;
}

function referencesIn({ fields }: ContentType, values: FieldValues): readonly Named[] {
  const complete = completeFields(fields, values);
  return Object.entries(fields).flatMap(([handle, field]) =>
    (field.references?.(complete[handle] ?? null) ?? []).map((reference) => ({
      ...reference,
      handle,
      label: fieldLabel(handle, field),
    })),
  );
}

/** Whether what is named exists, is what the field may name, and is something the editor may see. Asks once for each kind. */
export async function availableOf(
  services: ReferenceServices,
  stores: ReferenceStores,
  editor: Editor,
  named: readonly Reference[],
): Promise<(reference: Reference) => boolean> {
  const ids = (kind: Reference['kind']): readonly number[] => [
    ...new Set(named.filter((reference) => reference.kind === kind).map(({ id }) => id)),
  ];
  const found = async <One extends { readonly id: number }>(
    kind: Reference['kind'],
    load: (wanted: readonly number[]) => Promise<readonly One[]>,
  ): Promise<ReadonlyMap<number, One>> => {
    const wanted = ids(kind);
    return new Map((wanted.length === 0 ? [] : await load(wanted)).map((one) => [one.id, one]));
  };
  const entries = await found('entry', (wanted) => stores.entries.findMany(wanted));
  const users = await found('user', (wanted) => stores.users.findMany(wanted));
  const assets = await found('asset', (wanted) => stores.assets.findMany(wanted));
  return ({ kind, id, allowed }) => {
    if (kind === 'entry') return isOpenEntry(services, editor, allowed, entries.get(id));
    if (kind === 'user') return isOpenUser(allowed, users.get(id));
    return isOpenAsset(services, editor, allowed, assets.get(id));
  };
}

type Allowed = Reference['allowed'];

function isOpenEntry(
  { settings, content, now }: ReferenceServices,
  editor: Editor,
  { sections }: Allowed,
  entry: Entry | undefined,
): boolean {
  const section: ContentSection | undefined = entry && content.section(entry.section);
  if (entry === undefined || section === undefined) return false;
  if (sections !== undefined && !sections.includes(section.handle)) return false;
  const live = Object.keys(entry.sites).some((site) => statusOf(entry, site, now()) === 'live');
  return mayEntry({ act: 'view', editor, section, entry, live, settings, content }) === 'allow';
}

function isOpenUser({ groups }: Allowed, user: User | undefined): boolean {
  if (user?.status !== 'active' || user.suspended) return false;
  return groups === undefined || groups.some((handle) => user.groups.includes(handle));
}

function isOpenAsset(
  { settings }: ReferenceServices,
  editor: Editor,
  { volume, kinds }: Allowed,
  asset: Asset | undefined,
): boolean {
  if (asset === undefined || (volume !== undefined && asset.volume !== volume)) return false;
  if (kinds !== undefined && !kinds.includes(asset.kind)) return false;
  const user = editor.kind === 'user' ? editor.user : null;
  return mayUseAsset({ user, trusted: editor.kind === 'server' }, asset, settings);
}
