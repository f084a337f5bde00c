import { quoted, tooLarge } from './body-errors.ts';
import { readableBytes } from './byte-size.ts';

/** How much a form may hold. Each number is the largest that is still taken. */
export interface FormLimits {
  /** Bytes of all text fields together, their names included; of a urlencoded form the whole body. */
  readonly maxBytes: number;
  /** Bytes of one file. */
  readonly maxFileBytes: number;
  readonly maxFiles: number;
  /** Text fields and empty file inputs together. */
  readonly maxFields: number;
  /** Where files above 256 KiB lie while the request runs; default: the system's folder for temporary files. */
  readonly uploadDir?: string | undefined;
}

// Boundaries and part headers of a form.
const OVERHEAD_BYTES = 65_536;

/** The largest multipart body that these limits can allow. */
export function largestForm(limits: FormLimits): number {
  return limits.maxBytes + limits.maxFiles * limits.maxFileBytes + OVERHEAD_BYTES;
}

export function formTooLarge(limits: FormLimits): Error {
  return tooLarge(
    `The form is larger than ${readableBytes(largestForm(limits))}, the most this action takes ` +
      '(`body.maxBytes`, `body.maxFiles`, `body.maxFileBytes`).',
  );
}

export function textTooLarge(limits: FormLimits, field: string): Error {
  return tooLarge(
    `The text fields of the form, up to ${quoted(field)}, are larger than ${readableBytes(limits.maxBytes)}, ` +
      'the most this action takes. Send less, or raise `body.maxBytes` of the action.',
  );
}

export function fileTooLarge(limits: FormLimits, field: string): Error {
  return tooLarge(
    `The file in the field ${quoted(field)} is larger than ${readableBytes(limits.maxFileBytes)}, ` +
      'the most this action takes. Send a smaller one, or raise `body.maxFileBytes` of the action.',
  );
}

export function tooManyFiles(limits: FormLimits, field: string): Error {
  return tooLarge(
    limits.maxFiles === 0
      ? `The field ${quoted(field)} has a file, but this action takes none (\`body.maxFiles\`).`
      : `The file in the field ${quoted(field)} is one more than the ${limits.maxFiles} this action takes. ` +
          'Send fewer, or raise `body.maxFiles` of the action.',
  );
}

export function tooManyFields(limits: FormLimits, field: string): Error {
  return tooLarge(
    `The form has more than ${limits.maxFields} fields, the most it may have (\`body.maxFields\`); ` +
      `${quoted(field)} is one too many.`,
  );
}
