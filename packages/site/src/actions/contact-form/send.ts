import { ActionError, defineAction, networkOf, type ActionContext } from 'portico';
import { z } from 'zod';
import { UploadError } from '../../assets/uploads.ts';
import { recipientsOf } from '../../contact/recipients.ts';
import { sendMessage } from '../../contact/send-message.ts';
import { readSubmission } from '../../contact/submission.ts';
import type { Settings } from '../../config.ts';
import { inputErrors } from '../../lib/input-errors.ts';
import type { Services } from '../../services.ts';
import { mustBe } from '../parts/must-be.ts';

const MAX_FILES = 10;
const FILES = mustBe(`a file, or up to ${MAX_FILES}`);
const text = z.string(mustBe('a text')).nullish();

/**
 * `POST contact-form/send`: mails what a visitor wrote to whoever runs the site. `message` is a text, or a map of texts in
 * which `body` is the message itself; `attachment` a file or several, where the site takes them. 404 without
 * `contactForm.toEmail`.
 */
export const send = (services: Services) =>
  defineAction({
    accept: 'any',
    once: true,
    access: () => isTurnedOn(services.settings),
    input: z.object({
      fromEmail: text,
      fromName: text,
      subject: text,
      message: z.unknown().optional(),
      attachment: z.array(z.file(FILES), FILES).max(MAX_FILES, FILES).optional(),
    }),
    // A text or a map: `readSubmission` tells, and names what is wrong.
    decode: { message: 'unknown' },
    limit: contactLimits(services.settings),
    body: contactBody(services.settings),
    model: 'submission',
    messages: {
      success: services.settings.contactForm.successFlashMessage,
      failure: 'Couldn’t send your message.',
    },
    async handler({ attachment = [], ...posted }) {
      const submission = readSubmission(posted, services.settings);
      try {
        await sendMessage(services, submission, attachment);
      } catch (error) {
        throw error instanceof UploadError ? inputErrors({ attachment: error.message }) : error;
      }
      return { submission };
    },
  });

function isTurnedOn(settings: Settings): true {
  if (recipientsOf(settings).length > 0) return true;
  throw new ActionError({ code: 'NOT_FOUND', message: 'There is no contact form.' });
}

/** By address, but when the form has been read: who is refused keeps what was written. */
function contactLimits({ limits }: Pick<Settings, 'limits'>) {
  const by = ({ clientAddress }: ActionContext): string => networkOf(clientAddress ?? 'unknown');
  return limits.contactForm === false ? [] : [{ ...limits.contactForm, by }];
}

/** Where nothing may be attached, no file is read. */
function contactBody({ contactForm }: Pick<Settings, 'contactForm'>) {
  return contactForm.allowAttachments
    ? { maxFiles: MAX_FILES, maxFileBytes: contactForm.maxAttachmentBytes }
    : { maxFiles: 0 };
}
