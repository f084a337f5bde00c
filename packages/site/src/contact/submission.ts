import type { Settings } from '../config.ts';
import { isEmailAddress } from '../lib/email-address.ts';
import { inputErrors } from '../lib/input-errors.ts';
import { isStorableText } from '../lib/storable-text.ts';

/** What a visitor posted, as far as the schema knows it. */
export interface PostedMessage {
  readonly fromEmail?: string | null | undefined;
  readonly fromName?: string | null | undefined;
  readonly subject?: string | null | undefined;
  /** A text, or a map of texts in which `body` is the message itself. */
  readonly message?: unknown;
}

/** A message of the contact form, and what an answer shows of it. */
export interface Submission {
  readonly fromEmail: string;
  readonly fromName: string | null;
  readonly subject: string | null;
  /** As it came: a text, or a map of texts. */
  readonly message: string | Readonly<Record<string, string>>;
}

const MAX_LINE = 255;
const MAX_TEXT = 50_000;
const MAX_FIELDS = 50;
const MAX_FIELD_NAME = 64;

type Errors = Record<string, string>;

/**
 * Reads a posted message: texts trimmed, blank ones left out, of a map only what `contactForm.allowedMessageFields` lets
 * through. Throws one input error that names everything that is wrong.
 */
export function readSubmission(posted: PostedMessage, settings: Pick<Settings, 'contactForm'>): Submission {
  const errors: Errors = {};
  const fromEmail = line(posted.fromEmail, 'fromEmail', errors) ?? '';
  if (fromEmail === '') errors['fromEmail'] ??= 'Your email address cannot be blank.';
  else if (!isEmailAddress(fromEmail)) errors['fromEmail'] ??= 'Your email address is not a valid one.';
  const fromName = line(posted.fromName, 'fromName', errors);
  const subject = line(posted.subject, 'subject', errors);
  const { allowedMessageFields } = settings.contactForm;
  const message = messageOf(posted.message, allowedMessageFields, errors);
  if (Object.keys(errors).length > 0) throw inputErrors(errors);
  return { fromEmail, fromName, subject, message };
}

function line(value: string | null | undefined, path: string, errors: Errors): string | null {
  const text = (value ?? '').trim();
  // A line break in a name or a subject is somebody who writes headers, never a person who types.
  if (/[\p{Cc}\u2028\u2029]/u.test(text) || !isStorableText(text)) {
    errors[path] = 'It must be one line of text.';
  } else if (text.length > MAX_LINE) {
    errors[path] = `It is too long: ${MAX_LINE} characters are the most.`;
  }
  return text === '' ? null : text;
}

function messageOf(value: unknown, allowed: readonly string[] | null, errors: Errors): Submission['message'] {
  if (value === undefined || value === null || typeof value === 'string') {
    const text = longText(value ?? '', 'message', errors);
    if (text === '') errors['message'] ??= 'The message cannot be blank.';
    return text;
  }
  if (typeof value !== 'object' || Array.isArray(value)) {
    errors['message'] = 'The message must be a text, or a map of texts.';
    return '';
  }
  // The one name that could not be told apart from a prototype where this goes out.
  const entries = Object.entries(value).filter(
    ([name]) => name === 'body' || ((allowed?.includes(name) ?? true) && name !== '__proto__'),
  );
  if (entries.length > MAX_FIELDS)
    errors['message'] = `There are too many parts: ${MAX_FIELDS} are the most.`;
  const texts = entries.slice(0, MAX_FIELDS).flatMap(([name, part]): Array<[string, string]> => {
    const text = partOf(name, part, errors);
    return text === '' ? [] : [[name, text]];
  });
  const isFaulty = Object.keys(errors).some((path) => path.startsWith('message'));
  if (texts.length === 0 && !isFaulty) errors['message'] = 'The message cannot be blank.';
  return Object.fromEntries(texts);
}

function partOf(name: string, value: unknown, errors: Errors): string {
  if (name.length > MAX_FIELD_NAME || /[\p{Cc}\u2028\u2029]/u.test(name) || !isStorableText(name)) {
    errors['message'] =
      `A part has a name that cannot be used: ${MAX_FIELD_NAME} characters in one line are the most.`;
    return '';
  }
  const path = `message.${name}`;
  if (value === undefined || value === null) return '';
  // Several boxes of one name, ticked.
  if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    return longText(value.join(', '), path, errors);
  if (typeof value === 'string') return longText(value, path, errors);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  errors[path] = 'It must be a text.';
  return '';
}

function longText(value: string, path: string, errors: Errors): string {
  const text = value.replace(/\r\n?/g, '\n').trim();
  if (text.length > MAX_TEXT) errors[path] = `It is too long: ${MAX_TEXT} characters are the most.`;
  else if (/[\0-\x08\x0B\x0C\x0E-\x1F]/.test(text) || !isStorableText(text))
    errors[path] = 'It has characters that are no text.';
  return text;
}
