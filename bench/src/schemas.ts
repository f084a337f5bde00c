import { z } from 'zod';

/** The same schemas for every contestant. */
export const greetInput = z.object({
  name: z.string().min(1).max(100),
  tags: z.array(z.string()).max(20),
  when: z.date(),
});
export const newsletterInput = z.object({ email: z.email(), terms: z.boolean() });

export function page(errors: readonly string[], email: string): string {
  const error = errors.length > 0 ? `<p id="email-errors">${errors.join(', ')}</p>` : '';
  return (
    '<!doctype html><title>Newsletter</title><form method="post" action="?_action=newsletter">' +
    `<label for="email">E-mail</label><input id="email" name="email" value="${escape(email)}">${error}` +
    '<label><input type="checkbox" name="terms"> I agree</label><button>Sign up</button></form>'
  );
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
