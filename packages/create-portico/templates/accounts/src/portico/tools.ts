interface Tool {
  readonly name: string;
  readonly path: string;
}

const { NODE_ENV, SMTP_URL } = process.env;

/** Pages that help to develop. In production there are none. */
export const tools: readonly Tool[] =
  NODE_ENV === 'development'
    ? [
        { name: 'Explorer', path: '/_portico' },
        ...(SMTP_URL ? [] : [{ name: 'Mails that were sent', path: '/_portico/mail' }]),
      ]
    : [];
