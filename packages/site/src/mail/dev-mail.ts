/** A file of a mail. The mailbox keeps what it was, not what was in it. */
interface DevAttachment {
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** A mail as the dev mailbox shows it. */
export interface DevMail {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What came with it; left out where nothing did. */
  readonly attachments?: readonly DevAttachment[];
  /** Web links, the first one first. */
  readonly links: readonly string[];
  /** ISO 8601. */
  readonly date: string;
}
