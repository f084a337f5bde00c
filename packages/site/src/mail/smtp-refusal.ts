/** What nodemailer puts on its errors, as far as it matters here. */
interface SmtpError {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly response?: unknown;
  readonly permanent?: unknown;
  readonly message?: unknown;
}

/**
 * Whether an error of an SMTP server speaks of this very mail, for good: its receiver or its content was refused with a 5yz
 * reply (RFC 5321, section 4.2.1). A login or a sender that is refused, `530` and the policy codes `5.7.x` (RFC 3463, section
 * 3.8) are how a wrong configuration shows, which somebody can mend before the next try.
 */
export function isRefusal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, command, response, permanent, message } = error as SmtpError;
  // Nodemailer's own refusal, before it says anything to the server.
  if (code === 'EENVELOPE' && command === 'API')
    return /^(?:Invalid recipient|No recipients)/.test(String(message));
  if (permanent !== true || (command !== 'RCPT TO' && command !== 'DATA')) return false;
  return !/^(?:530|5\d\d[ -]5\.7\.)/.test(String(response));
}
