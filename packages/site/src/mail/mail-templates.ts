/** What a template writes. Text and HTML say the same. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a template knows. `user` is what the mail may show of its reader. */
export interface MailVariables {
  readonly siteName: string;
  readonly siteUrl: string;
  readonly user: {
    readonly email: string;
    readonly username: string | null;
    readonly friendlyName: string | null;
  };
  /** Absolute, made of the configured site URL alone. */
  readonly link: string;
  /** Seconds the link is good for. */
  readonly expiresIn: number;
}

/** What the template of the contact form's mail knows. All but the site's name is a visitor's, as it was typed. */
export interface ContactMailVariables extends Pick<MailVariables, 'siteName' | 'siteUrl'> {
  readonly fromEmail: string;
  readonly fromName: string | null;
  /** The setting `contactForm.prependSubject` with what was typed. */
  readonly subject: string;
  /** What was sent as `message`, or as `message[body]`; may be empty. */
  readonly body: string;
  /** Everything else of `message[…]`, in the order it came. */
  readonly fields: ReadonlyArray<{ readonly name: string; readonly value: string }>;
  /** Names of the attached files. */
  readonly attachments: readonly string[];
}

/** The mails by key, as Craft names its system messages. */
export interface MailTemplates {
  account_activation(variables: MailVariables): MailText;
  verify_new_email(variables: MailVariables): MailText;
  forgot_password(variables: MailVariables): MailText;
  /** To someone who registers with an address that has an account already, where user enumeration is prevented. */
  already_registered(variables: MailVariables): MailText;
  /** To the address that was on file, when another one or another password has been set. */
  account_changed(variables: MailVariables & { readonly change: 'email' | 'password' }): MailText;
  /** To the setting `contactForm.toEmail`: what a visitor wrote. */
  contact_form(variables: ContactMailVariables): MailText;
  test_email(variables: Omit<MailVariables, 'user' | 'link' | 'expiresIn'>): MailText;
}
