import { connect } from 'node:net';

/**
 * Sends bytes as they are written here, for what an HTTP client would repair or refuse, and gives all that comes back until
 * the server ends the connection. The last request should say `Connection: close`.
 */
export function sendRaw(url: URL, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const done = (): void => resolve(Buffer.concat(chunks).toString('latin1'));
    const socket = connect(Number(url.port), url.hostname);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.once('end', done);
    socket.once('error', (error) => (chunks.length > 0 ? done() : reject(error)));
    // A server that neither answers nor ends would keep the suite waiting.
    socket.setTimeout(5_000, () =>
      socket.destroy(new Error('The server neither answered nor ended the connection.')),
    );
    socket.write(text);
  });
}

/** A request as it stands on the wire. */
export function wire(line: string, headers: readonly string[], body = ''): string {
  return `${line}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n${body}`;
}

/** The statuses of all answers in a text from the wire, in their order. */
export function statusesOf(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.[01] (\d{3})\b/g)].map(([, status]) => Number(status));
}
