/** A name as it is stored: whole and in its parts. */
export interface PersonName {
  readonly fullName: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

/** What was posted of a name: undefined was not sent, null or blank clears. */
export interface PostedName {
  readonly fullName?: string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
}

/**
 * The name after a save. A full name wins over its parts; parts make the full name, and one of them alone leaves the other
 * as it is. What was not sent stays. A full name that was sent empty together with parts is a field the visitor left to them.
 */
export function personName(posted: PostedName, former: PersonName): PersonName {
  // Whatever else the owner of the name holds is not to be returned with it.
  const current = { fullName: former.fullName, firstName: former.firstName, lastName: former.lastName };
  const fullName = cleaned(posted.fullName);
  const firstName = cleaned(posted.firstName);
  const lastName = cleaned(posted.lastName);
  if (typeof fullName === 'string') {
    // Sent back unchanged by a form: the parts may be better than what can be derived.
    return fullName === current.fullName ? current : { fullName, ...partsOf(fullName) };
  }
  const hasParts = typeof firstName === 'string' || typeof lastName === 'string';
  if (fullName === null && !hasParts) return { fullName: null, firstName: null, lastName: null };
  if (firstName === undefined && lastName === undefined) return current;
  const parts = {
    firstName: firstName === undefined ? current.firstName : firstName,
    lastName: lastName === undefined ? current.lastName : lastName,
  };
  return { fullName: [parts.firstName, parts.lastName].filter(Boolean).join(' ') || null, ...parts };
}

function cleaned(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? text.trim() || null : text;
}

/** The last word is the last name, with the small words before it: Vincent · van Gogh. */
function partsOf(fullName: string): { firstName: string | null; lastName: string | null } {
  const words = fullName.split(/\s+/);
  if (words.length === 1) return { firstName: fullName, lastName: null };
  let start = words.length - 1;
  // A name written all in small letters says nothing about its words.
  const hasCapitals = /^\p{Lu}/u.test(fullName);
  while (hasCapitals && start > 1 && /^\p{Ll}/u.test(words[start - 1] ?? '')) start--;
  return { firstName: words.slice(0, start).join(' '), lastName: words.slice(start).join(' ') };
}
