export { createSite, type Site, type SiteTools } from './site.ts';
export type { Settings, SiteOptions } from './config.ts';
export type { Services } from './services.ts';
export type { AddressRecord, Queries, UserRecord } from './queries.ts';
export { entryType, type EntryType, type EntryTypeOptions } from './content/entry-type.ts';
export { section, type Section, type SectionOptions } from './content/section.ts';
export type { PlannedStep } from './content/content-upkeep.ts';
export type { SiteDefinition } from './content/site-definition.ts';
export { field } from './content/field.ts';
export { formSchema } from './fields/form-schema.ts';
export type { LinkData } from './fields/link-field.ts';
export type {
  Field,
  FieldLayout,
  FieldOptions,
  FieldValue,
  FieldValues,
  FilledField,
  ValuesOf,
} from './fields/field.ts';
export { countries, type Country } from './addresses/countries.ts';
export { formatAddress, formatAddressHtml, type FormatOptions } from './addresses/format-address.ts';
export type { AddressFormField } from './addresses/address-form.ts';
export type { AddressLines } from './addresses/address.ts';
export type { AssetRecord } from './assets/asset-record.ts';
export type { EntryForm, EntryFormOptions } from './entries/entry-form.ts';
export type { EntryStatus } from './entries/entry.ts';
export type { AskedEntry, May } from './entries/may.ts';
export type { EntryView } from './entries/entry-view.ts';
export type { EntryConflict } from './entries/saving/version-conflict.ts';
export type { EntryToSave, SaveOptions } from './entries/saving/save-from-code.ts';
export type { Entries } from './entries/query/create-entries.ts';
export type { EntryCursorPage, EntryPage, EntryQuery, RelationTarget } from './entries/query/entry-query.ts';
export type { EntryRecord } from './entries/query/entry-record.ts';
export type { Viewer } from './entries/query/query-viewer.ts';
export type { CurrentUser } from './users/current-user.ts';
export {
  publicUser,
  type ManagedUser,
  type NamedUser,
  type OwnUser,
  type PublicUser,
} from './users/user-view.ts';
export type { DraftRecord } from './entries/drafts/draft-queries.ts';
export type { Difference } from './entries/revisions/compare-states.ts';
export type { RevisionRecord } from './entries/revisions/revision-queries.ts';
export type { AccountStatus } from './users/user.ts';
export type { UserSearch } from './users/user-store.ts';
export type { PasswordChecker } from './users/passwords/password-policy.ts';
export type { FileStorage } from './files/file-storage.ts';
export {
  MailRefusedError,
  type MailAttachment,
  type MailTransport,
  type OutgoingMail,
} from './mail/mail-transport.ts';
export type { MailMessage } from './mail/outbox-store.ts';
export type { ContactMailVariables, MailTemplates, MailText, MailVariables } from './mail/mail-templates.ts';
export type {} from './sessions/augment.ts';
