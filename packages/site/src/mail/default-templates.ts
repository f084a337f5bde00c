import { contactFormMail } from './contact-form-mail.ts';
import { durationText } from './duration-text.ts';
import { layOutMail } from './mail-layout.ts';
import type { MailTemplates, MailText, MailVariables } from './mail-templates.ts';

const NOT_YOU = 'If this was not you, you can ignore this mail: nothing happens unless the link is used.';

/** The mails as they are sent where the app has no wording of its own. */
export const defaultTemplates: MailTemplates = {
  account_activation: accountActivation,
  verify_new_email: verifyNewEmail,
  forgot_password: forgotPassword,
  already_registered: alreadyRegistered,
  account_changed: accountChanged,
  contact_form: contactFormMail,
  test_email: testEmail,
};

function accountActivation({ siteName, user, link, expiresIn }: MailVariables): MailText {
  return layOutMail({
    siteName,
    subject: 'Activate your account',
    name: user.friendlyName,
    paragraphs: [`Welcome to ${siteName}! One step is left before you can use your account.`],
    button: { label: 'Activate your account', link },
    remarks: [lasts(expiresIn), NOT_YOU],
  });
}

function verifyNewEmail({ siteName, user, link, expiresIn }: MailVariables): MailText {
  return layOutMail({
    siteName,
    subject: 'Verify your new email address',
    name: user.friendlyName,
    paragraphs: [
      `Please confirm that this is your new email address for ${siteName}. Until then the one you had stays in use.`,
    ],
    button: { label: 'Verify your email address', link },
    remarks: [lasts(expiresIn), NOT_YOU],
  });
}

function forgotPassword({ siteName, user, link, expiresIn }: MailVariables): MailText {
  return layOutMail({
    siteName,
    subject: 'Reset your password',
    name: user.friendlyName,
    paragraphs: [`Someone asked for a new password for your account at ${siteName}.`],
    button: { label: 'Set a new password', link },
    remarks: [lasts(expiresIn), `${NOT_YOU} Your password stays as it is.`],
  });
}

function alreadyRegistered({ siteName, user, link, expiresIn }: MailVariables): MailText {
  return layOutMail({
    siteName,
    subject: 'You have an account already',
    name: user.friendlyName,
    paragraphs: [
      `Someone, probably you, just tried to register at ${siteName} with this email address. It belongs to your account already, so nothing was changed.`,
      'If you cannot remember your password, you can set a new one.',
    ],
    button: { label: 'Set a new password', link },
    remarks: [lasts(expiresIn), NOT_YOU],
  });
}

function accountChanged({
  siteName,
  user,
  link,
  change,
}: Parameters<MailTemplates['account_changed']>[0]): MailText {
  const what = change === 'email' ? 'email address' : 'password';
  return layOutMail({
    siteName,
    subject: `Your ${what} was changed`,
    name: user.friendlyName,
    paragraphs: [
      `The ${what} of your account at ${siteName} was just changed. If that was you, there is nothing to do.`,
    ],
    button: { label: `Go to ${siteName}`, link },
    remarks: [
      change === 'email'
        ? 'If it was not you, someone else has access to your account. Please get in touch with us at once.'
        : 'If it was not you, someone else has access to your account. Set a new password now, and get in touch with us.',
    ],
  });
}

function testEmail({ siteName, siteUrl }: Parameters<MailTemplates['test_email']>[0]): MailText {
  return layOutMail({
    siteName,
    subject: `Test mail from ${siteName}`,
    name: null,
    paragraphs: [`If you can read this, ${siteName} (${siteUrl}) can send mail.`],
    remarks: [],
  });
}

function lasts(expiresIn: number): string {
  return `The link is good for ${durationText(expiresIn)} and works once.`;
}
