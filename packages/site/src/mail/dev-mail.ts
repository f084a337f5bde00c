/** A mail as the dev mailbox shows it. */
export interface DevMail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Web links, the first one first. */
  readonly links: readonly string[];
  /** ISO 8601. */
  readonly date: string;
}
