import { request } from 'node:http';

export interface EarlyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * Posts the head of a request that announces `length` bytes (`'chunked'`: none), and `start` of its body, then waits for
 * the answer. A server that reads on waits as well, and the test runs into its time limit.
 */
export function answerBeforeBody(
  url: string,
  headers: Readonly<Record<string, string>>,
  length: number | 'chunked' = 2 ** 30,
  start = '',
): Promise<EarlyAnswer> {
  const announced: Record<string, string> =
    length === 'chunked' ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) };
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { ...headers, ...announced } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
        sending.destroy();
      });
    });
    sending.on('error', reject);
    sending.flushHeaders();
    if (start !== '') sending.write(start);
  });
}
