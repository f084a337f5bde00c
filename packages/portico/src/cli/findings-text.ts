import type { Finding, Severity } from '../doctor/finding.ts';
import type { CliIo } from './cli-io.ts';

const WIDTH = 100;
const INDENT = '         ';

/** Findings for somebody to read: what it is, what may happen, what to write. */
export function findingsText(findings: readonly Finding[], paint: CliIo['paint']): string {
  return [...findings.map((finding) => one(finding, paint)), summary(findings)].join('\n\n');
}

export function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function one({ id, severity, title, risk, fix, actions = [] }: Finding, paint: CliIo['paint']): string {
  return [
    `${paint(severity, severity.padEnd(INDENT.length))}${title} [${id}]`,
    ...wrapped(`Risk: ${risk}`),
    ...wrapped(`Write: ${fix}`),
    ...(actions.length > 0 ? wrapped(`Actions: ${actions.join(', ')}`) : []),
  ].join('\n');
}

function summary(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'Nothing is wrong.';
  const counts = (['error', 'warning', 'note'] as const).flatMap((severity) => {
    const count = countOf(findings, severity);
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return `${counts.join(', ')}.`;
}

function wrapped(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= WIDTH - INDENT.length) {
      lines.push(INDENT + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, INDENT + line];
}
