import { countryRules } from './addresses/country-rules.ts';
import type { Settings } from './config.ts';
import { contentFaults } from './content/check-content.ts';
import { isEmailAddress } from './lib/email-address.ts';
import { defaultTemplates } from './mail/default-templates.ts';

type Checked = Omit<Settings, 'siteUrl' | 'dataDir' | 'database' | 'base'>;

/** What is wrong with settings that are each right by themselves: one sentence a fault, each naming the setting. */
export function contradictions(settings: Checked): readonly string[] {
  return [
    ...pathFaults(settings),
    ...lengthFaults(settings),
    ...fieldFaults(settings),
    ...contentFaults(settings),
    ...volumeFaults(settings),
    ...contactFaults(settings),
    ...otherFaults(settings),
  ];
}

const PATHS = ['loginPath', 'logoutPath', 'setPasswordPath', 'verifyEmailPath'] as const;

function pathFaults(settings: Checked): string[] {
  const faults: string[] = [];
  const owners = new Map<string, string>();
  for (const name of PATHS) {
    const path = settings[name];
    if (path === false) continue;
    if (path === '')
      faults.push(
        `${name} is empty, which is the home page. Write a path such as 'login', or false to turn it off.`,
      );
    const owner = owners.get(path);
    if (owner !== undefined)
      faults.push(`${name} and ${owner} are both ${JSON.stringify(path)}. Give each a path of its own.`);
    owners.set(path, name);
  }
  return faults;
}

function lengthFaults({ password }: Checked): string[] {
  return password.minLength <= password.maxLength
    ? []
    : [
        `password.minLength is ${password.minLength} and password.maxLength ${password.maxLength}: no password could be both.`,
      ];
}

function fieldFaults({ users, addresses }: Checked): string[] {
  return Object.entries({ users, addresses }).flatMap(([owner, { fields }]) =>
    Object.entries(fields).flatMap(([handle, field]) => {
      const place = `${owner}.fields.${handle}`;
      if (!/^[a-zA-Z]\w*$/.test(handle))
        return [`${place}: a handle is a letter followed by letters, digits and _.`];
      // Texts have a `normalize`, too.
      if (
        typeof field !== 'object' ||
        typeof (field as Partial<typeof field> | null)?.normalize !== 'function'
      )
        return [`${place} is no field. Make one with field.text(), field.number() and their like.`];
      return field.references === undefined
        ? []
        : [`${place} is a field of the kind ${field.type}, which only entries have.`];
    }),
  );
}

function volumeFaults({ assets }: Checked): string[] {
  const handles = Object.keys(assets.volumes);
  return handles.flatMap((handle, at) => {
    const place = `assets.volumes.${handle}`;
    if (!/^[a-zA-Z]\w*$/.test(handle))
      return [`${place}: a handle is a letter followed by letters, digits and _.`];
    // Permissions are compared in small letters.
    const twin = handles.slice(0, at).find((other) => other.toLowerCase() === handle.toLowerCase());
    return twin === undefined ? [] : [`${place}: another volume has this handle in other letters' case.`];
  });
}

function contactFaults({ contactForm }: Checked): string[] {
  return [contactForm.toEmail ?? []]
    .flat()
    .filter((address) => !isEmailAddress(address.trim()))
    .map((address) => `contactForm.toEmail: ${JSON.stringify(address)} is no e-mail address.`);
}

function otherFaults({ defaultCountryCode, mail }: Checked): string[] {
  const unknown = Object.keys(mail.templates).filter((key) => !Object.hasOwn(defaultTemplates, key));
  return [
    ...(countryRules(defaultCountryCode)
      ? []
      : [`defaultCountryCode is '${defaultCountryCode}', and there is no such country.`]),
    ...unknown.map(
      (key) =>
        `mail.templates.${key}: there is no such mail. There are ${Object.keys(defaultTemplates).join(', ')}.`,
    ),
  ];
}
