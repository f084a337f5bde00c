import type { Answered } from '../answered.ts';
import type { Finding } from '../finding.ts';

export function answersCached({ plain, again }: Answered): Finding | undefined {
  if (!again.report || (again.report.id === again.id && plain.report?.id === plain.id)) return undefined;
  return {
    id: 'answers-cached',
    severity: 'error',
    title: 'A cache keeps answers that say `Cache-Control: no-store`.',
    risk: 'A visitor is shown the page of another one, with his name and his token in it.',
    fix: 'Have the cache follow Cache-Control, and keep nothing of a request with cookies (no "cache everything" rule).',
  };
}

export function compressedWithoutVary({ plain: { headers } }: Answered): Finding | undefined {
  const encoding = headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return undefined;
  if (/(?:^|[\s,])(?:accept-encoding|\*)(?:$|[\s,])/i.test(headers.vary ?? '')) return undefined;
  return {
    id: 'compressed-without-vary',
    severity: 'warning',
    title: `Answers are compressed (${encoding}) and do not say \`Vary: Accept-Encoding\`.`,
    risk: 'A cache on the way gives compressed bytes to a client that cannot read them.',
    fix: 'Have what compresses add the header (nginx: gzip_vary on).',
  };
}
