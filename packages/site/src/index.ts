export { createSite, type Site, type SiteTools } from './site.ts';
export type { Settings, SiteOptions } from './config.ts';
export type { Services } from './services.ts';
export type { AddressRecord, Queries, UserRecord } from './queries.ts';
export { entryType, type EntryType, type EntryTypeOptions } from './content/entry-type.ts';
export { section, type Section, type SectionOptions } from './content/section.ts';
export type { SiteDefinition } from './content/site-definition.ts';
export { field } from './fields/define.ts';
export type { Field, FieldLayout, FieldOptions, FieldValue, FieldValues, ValuesOf } from './fields/field.ts';
export { countries, type Country } from './addresses/countries.ts';
export { formatAddress, formatAddressHtml, type FormatOptions } from './addresses/format-address.ts';
export type { AddressFormField } from './addresses/address-form.ts';
export type { AddressLines } from './addresses/address.ts';
export type { CurrentUser } from './users/current-user.ts';
export {
  publicUser,
  type ManagedUser,
  type NamedUser,
  type OwnUser,
  type PublicUser,
} from './users/user-view.ts';
export type { AccountStatus } from './users/user.ts';
export type { UserSearch } from './users/user-store.ts';
export type { PasswordChecker } from './users/passwords/password-policy.ts';
export type { FileStorage } from './files/file-storage.ts';
export { MailRefusedError, type MailTransport } from './mail/mail-transport.ts';
export type { MailMessage } from './mail/outbox-store.ts';
export type { MailTemplates, MailText, MailVariables } from './mail/mail-templates.ts';
export type {} from './sessions/augment.ts';
