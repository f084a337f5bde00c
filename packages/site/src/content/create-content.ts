import type { Settings } from '../config.ts';
import type { ContentSection, ContentType, Content, SectionSite } from './content.ts';
import type { EntryType } from './entry-type.ts';
import { handleWords } from '../lib/handle-words.ts';
import { MAX_LEVELS, type Section } from './section.ts';
import type { ContentSite, SiteDefinition } from './site-definition.ts';

const GUEST_LIMIT = { points: 5, seconds: 3600 };

/** The model of the content that settings declare, with all defaults. They were checked: see `contentFaults`. */
export function createContent(settings: Pick<Settings, 'sites' | 'sections' | 'siteUrl'>): Content {
  const sites = contentSites(settings.sites, settings.siteUrl);
  const sections = settings.sections.map((section) => contentSection(section, sites));
  const [primarySite] = sites;
  if (primarySite === undefined) throw new Error('There is no site.');
  return {
    sites,
    primarySite,
    sections,
    site: (id) => byId(sites, id),
    section: (id) => byId(sections, id),
    type: ({ types }, id) => byId(types, id),
  };
}

function byId<Named extends { readonly handle: string; readonly id: number | string }>(
  all: readonly Named[],
  id: string | number,
): Named | undefined {
  const text = String(id);
  return all.find((one) => one.handle === text) ?? all.find((one) => String(one.id) === text);
}

function contentSites(definitions: readonly SiteDefinition[], siteUrl: string): readonly ContentSite[] {
  const given = definitions.length > 0 ? definitions : [{ handle: 'default', language: 'en' }];
  const primary = given.find((site) => site.primary === true) ?? given[0];
  const sites = given.map((site) => ({
    handle: site.handle,
    id: site.id ?? site.handle,
    name: site.name ?? handleWords(site.handle),
    language: site.language,
    baseUrl: absolute(site.baseUrl ?? '', siteUrl),
    group: site.group ?? 'default',
    primary: site === primary,
  }));
  return [...sites.filter((site) => site.primary), ...sites.filter((site) => !site.primary)];
}

function absolute(baseUrl: string, siteUrl: string): string {
  const url = /^https?:\/\//.test(baseUrl) ? baseUrl : `${siteUrl}/${baseUrl.replace(/^\/+/, '')}`;
  return url.replace(/\/+$/, '');
}

function contentSection({ options }: Section, sites: readonly ContentSite[]): ContentSection {
  const { guests } = options;
  const maxAuthors = options.type === 'single' ? 0 : (options.maxAuthors ?? 1);
  return {
    handle: options.handle,
    id: options.id ?? options.handle,
    name: options.name ?? handleWords(options.handle),
    type: options.type,
    types: options.entryTypes.map(contentType),
    sites: sectionSites(options, sites),
    maxLevels: options.maxLevels ?? MAX_LEVELS,
    defaultPlacement: options.defaultPlacement ?? 'end',
    maxAuthors,
    minAuthors: Math.min(options.minAuthors ?? 1, maxAuthors),
    enableVersioning: options.enableVersioning ?? true,
    reservedSlugs: new Set(options.reservedSlugs),
    propagationMethod: options.propagationMethod ?? 'all',
    guests: guests && {
      limit: guests.limit ?? GUEST_LIMIT,
      enabledByDefault: guests.enabledByDefault ?? false,
      runValidation: guests.runValidation ?? true,
      authorId: guests.authorId ?? null,
    },
    renamedFrom: options.renamedFrom,
  };
}

function sectionSites(
  options: Section['options'],
  sites: readonly ContentSite[],
): ReadonlyMap<string, SectionSite> {
  const on =
    options.sites === undefined
      ? sites
      : sites.filter(({ handle }) => Object.hasOwn(options.sites ?? {}, handle));
  return new Map(
    on.map((site) => {
      const own = options.sites?.[site.handle] ?? {};
      return [
        site.handle,
        {
          site,
          enabledByDefault: own.enabledByDefault ?? options.enabledByDefault ?? true,
          uriFormat: own.uriFormat === undefined ? (options.uriFormat ?? null) : own.uriFormat,
        },
      ];
    }),
  );
}

function contentType({ handle, fields, options }: EntryType): ContentType {
  return {
    handle,
    id: options.id ?? handle,
    name: options.name ?? handleWords(handle),
    fields,
    hasTitleField: options.hasTitleField ?? true,
    titleFormat: options.titleFormat,
    titleLabel: options.titleLabel ?? 'Title',
    titleTranslation: options.titleTranslation ?? 'site',
    renamedFrom: options.renamedFrom,
  };
}
