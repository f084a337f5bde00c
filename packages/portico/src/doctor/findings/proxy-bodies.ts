import type { Answered } from '../answered.ts';
import type { Finding } from '../finding.ts';
import type { Seen } from '../probe-client.ts';

export function bodyTooLarge({ large }: Answered): Finding | undefined {
  if (large.report) return undefined;
  return {
    id: 'body-too-large',
    severity: 'warning',
    title: `A body of a little more than 1 MiB does not reach the app: ${answerOf(large)}.`,
    risk: 'A visitor who uploads a photo sees the page of the proxy and not your form again, and what was typed is gone.',
    fix: 'Raise its limit above that of the app, which says what is too large beside the field (nginx: client_max_body_size 64m).',
  };
}

export function chunkedRefused({ chunked }: Answered): Finding | undefined {
  if (chunked.report) return undefined;
  return {
    id: 'chunked-refused',
    severity: 'warning',
    title: `A body of unknown length (Transfer-Encoding: chunked) does not reach the app: ${answerOf(chunked)}.`,
    risk: 'Programs that stream what they upload, and some HTTP/2 clients, are refused.',
    fix: 'Let the proxy take such bodies (nginx: proxy_http_version 1.1).',
  };
}

export function bodyChanged({ form, chunked, large }: Answered): Finding | undefined {
  const changed = [form, chunked, large].find(
    ({ report, body }) => report && report.body.sha256 !== body.sha256,
  );
  if (!changed) return undefined;
  return {
    id: 'body-changed',
    severity: 'error',
    title: `Bodies arrive otherwise than they were sent: ${changed.report?.body.bytes} of ${changed.body.bytes} bytes.`,
    risk: 'What visitors type and upload is cut or altered, and signed fields and tokens are refused.',
    fix: 'Look for a filter (firewall, body parser, rewriting) between visitors and the app, and have it let bodies through.',
  };
}

export function bodyBuffered({ chunked: { report } }: Answered): Finding | undefined {
  if (!report || report.contentLength === null) return undefined;
  return {
    id: 'body-buffered',
    severity: 'note',
    title: 'The proxy collects a body before it hands it on.',
    risk: 'Uploads wait on its disk, and what is too large is refused only after all of it was sent.',
    fix: 'Nothing, if its limit is a sensible one: it also keeps slow senders away from the app. Else nginx: proxy_request_buffering off.',
  };
}

function answerOf({ status, failure }: Seen): string {
  return failure ?? `${status} is answered before it`;
}
