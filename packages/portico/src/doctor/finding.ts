/** `error`: wrong as it is. `warning`: weak, or wrong on a bad day. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** One thing that the doctor sees: plain JSON. */
export interface Finding {
  /** Names the check, for scripts. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** What may happen. */
  readonly risk: string;
  /** What to write, and where. */
  readonly fix: string;
  /** The actions that it is about, by name. */
  readonly actions?: readonly string[];
}

const ORDER: readonly Severity[] = ['error', 'warning', 'note'];

/** The worst first, else in the order they came. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings.toSorted((left, right) => ORDER.indexOf(left.severity) - ORDER.indexOf(right.severity));
}
