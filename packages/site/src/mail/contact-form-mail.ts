import { layOutMail } from './mail-layout.ts';
import type { ContactMailVariables, MailText } from './mail-templates.ts';

/** What a visitor wrote, as whoever runs the site gets it. */
export function contactFormMail(variables: ContactMailVariables): MailText {
  const { siteName, fromEmail, fromName, subject, body, fields, attachments } = variables;
  const sender = fromName === null ? fromEmail : `${fromName} <${fromEmail}>`;
  return layOutMail({
    siteName,
    subject,
    name: null,
    paragraphs: [`${sender} wrote by the contact form of ${siteName}:`],
    quote: [...fields.map(({ name, value }) => `${name}: ${value}`), body]
      .filter((text) => text !== '')
      .join('\n\n'),
    remarks: [
      ...(attachments.length > 0 ? [`Attached: ${attachments.join(', ')}`] : []),
      'Answers to this mail go to who wrote it. The address was not checked.',
    ],
  });
}
