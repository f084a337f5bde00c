import { ActionError } from 'portico';
import type { PreparedAsset } from '../assets/asset.ts';
import type { AssetKind, UploadRules } from '../fields/upload-rules.ts';
import { inputErrors } from '../lib/input-errors.ts';
import type { Services } from '../services.ts';
import { recipientsOf } from './recipients.ts';
import type { Submission } from './submission.ts';

const KINDS: readonly AssetKind[] = ['image', 'pdf', 'text', 'document', 'archive'];

type ContactServices = Pick<Services, 'database' | 'mailer' | 'settings' | 'uploads'>;

/**
 * Sends a message to everybody of `contactForm.toEmail`, each in a mail of its own, with the visitor as whom to answer. The
 * files are judged and made anew as all uploads are.
 *
 * Throws an input error at `attachment`, and `UploadError`.
 */
export async function sendMessage(
  { database, mailer, settings, uploads }: ContactServices,
  submission: Submission,
  files: readonly File[],
): Promise<void> {
  const { allowAttachments, maxAttachmentBytes, prependSubject } = settings.contactForm;
  if (files.length > 0 && !allowAttachments)
    throw inputErrors({ attachment: 'Files cannot be attached here.' });
  if (files.reduce((sum, file) => sum + file.size, 0) > maxAttachmentBytes) throw tooMuch(maxAttachmentBytes);
  const rules: UploadRules = { label: 'a message', volume: '', kinds: KINDS, maxBytes: maxAttachmentBytes };
  const letters: Array<{ readonly to: string; readonly attachments: readonly PreparedAsset[] }> = [];
  for (const to of recipientsOf(settings)) {
    // Each mail has files of its own, which go when that mail has gone.
    const attachments: PreparedAsset[] = [];
    for (const file of files) attachments.push(await uploads.prepare(file, rules));
    letters.push({ to, attachments });
  }
  const { fromEmail, fromName } = submission;
  const subject = [prependSubject, submission.subject ?? ''].filter((part) => part !== '').join(' - ');
  const content = { fromEmail, fromName, subject: subject || 'Message', ...partsOf(submission.message) };
  await database.transaction(async ({ outbox, discardedFiles }) => {
    for (const { to, attachments } of letters) {
      for (const { storageKey } of attachments) {
        if (!(await discardedFiles.keep(storageKey))) throw givenUp();
      }
      const names = attachments.map(({ filename }) => filename);
      await mailer.enqueue(
        outbox,
        'contact_form',
        to,
        { ...content, attachments: names },
        {
          replyTo: fromEmail,
          attachments: attachments.map(({ filename, mediaType, storageKey }) => {
            return { filename, mediaType, storageKey };
          }),
        },
      );
    }
  });
  mailer.wake();
}

function partsOf(message: Submission['message']) {
  if (typeof message === 'string') return { body: message, fields: [] };
  const entries = Object.entries(message).map(([name, value]) => ({ name, value }));
  return { body: message['body'] ?? '', fields: entries.filter(({ name }) => name !== 'body') };
}

function tooMuch(maxBytes: number): Error {
  const megabytes = Math.floor((maxBytes / 1_048_576) * 100) / 100;
  return inputErrors({ attachment: `The files are too large: ${megabytes} MB together are the most.` });
}

function givenUp(): ActionError {
  return new ActionError({
    code: 'CONFLICT',
    message: 'Sending took too long, and the files are gone again. Please send them once more.',
  });
}
