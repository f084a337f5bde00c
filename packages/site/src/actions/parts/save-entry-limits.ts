import { networkOf, type ActionContext, type BodyOptions, type LimitOptions } from 'portico';
import type { Settings } from '../../config.ts';
import type { Content, ContentSection } from '../../content/content.ts';
import { postedHandle } from '../../entries/saving/posted-entry.ts';
import { currentUser } from '../../users/current-user.ts';

type Sent = Readonly<Record<string, unknown>>;
type Limit = LimitOptions<Sent>;

/**
 * Saves by user; entries of guests by address, each section with its own limit; saves that bring files by user, or by a guest's
 * address.
 */
export function saveEntryLimits(
  { limits }: Pick<Settings, 'limits'>,
  content: Pick<Content, 'sections' | 'section'>,
): readonly Limit[] {
  const { entries, uploads } = limits;
  return [
    ...(entries === false ? [] : [{ ...entries, by: userKey, when: isUser }]),
    ...content.sections.flatMap((section) => guestLimits(section, content)),
    ...(uploads === false ? [] : [{ ...uploads, by: uploaderKey }]),
  ];
}

function guestLimits(section: ContentSection, content: Pick<Content, 'section'>): readonly Limit[] {
  const limit = section.guests?.limit;
  if (limit === undefined || limit === false) return [];
  const by = (ctx: ActionContext, { sectionId, sectionHandle }: Sent): string | undefined => {
    const handle = postedHandle(sectionId) ?? postedHandle(sectionHandle);
    const isHere = handle !== undefined && content.section(handle) === section;
    return isHere ? `guest:${section.handle}:${visitorNetwork(ctx)}` : undefined;
  };
  return [{ ...limit, by, when: (ctx) => !isUser(ctx) }];
}

function visitorNetwork({ clientAddress }: ActionContext): string {
  return networkOf(clientAddress ?? 'unknown');
}

function isUser({ user }: ActionContext): boolean {
  return user !== null;
}

function userKey(ctx: ActionContext): string {
  return `user:${currentUser(ctx).id}`;
}

function uploaderKey(ctx: ActionContext, input: Sent): string | undefined {
  if (!holdsFile(input)) return undefined;
  return isUser(ctx) ? userKey(ctx) : `files:${visitorNetwork(ctx)}`;
}

/** Whether a file is in it, as such or in a data URI. */
function holdsFile(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('data:');
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof Blob || Object.values(value).some(holdsFile);
}

const MEBIBYTE = 1_048_576;
const FILES = 20;

/** Texts of all fields, and pictures in them in base64 (RFC 4648: four characters for three bytes) up to 6 MiB; files as such. */
export function saveEntryBody({ assets }: Pick<Settings, 'assets'>): BodyOptions {
  const inText = Math.min(assets.maxBytes, 6 * MEBIBYTE);
  return {
    maxFiles: FILES,
    maxFileBytes: assets.maxBytes,
    maxBytes: 2 * MEBIBYTE + Math.ceil((inText * 4) / 3),
    maxFields: 5000,
  };
}
