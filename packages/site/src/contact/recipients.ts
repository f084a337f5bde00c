import type { Settings } from '../config.ts';

/** Who gets the messages of the contact form, each once; nobody where it is turned off. */
export function recipientsOf({ contactForm }: Pick<Settings, 'contactForm'>): readonly string[] {
  const { toEmail = [] } = contactForm;
  return [...new Set([toEmail].flat().map((address) => address.trim()))];
}
