import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A mail server of one page: it takes what it is sent, unless told to answer a command otherwise. */
export interface SmtpServer {
  readonly url: string;
  /** What was sent as DATA, each a whole message. */
  readonly messages: readonly string[];
  readonly commands: readonly string[];
  readonly connections: number;
  /** The answer to commands that begin so, instead of the usual one: `{ 'RCPT TO': '550 no' }`. `.` is the end of DATA. */
  readonly replies: Record<string, string>;
  close(): Promise<void>;
}

export async function startSmtpServer(): Promise<SmtpServer> {
  const sockets = new Set<Socket>();
  const found = { messages: [] as string[], commands: [] as string[], connections: 0 };
  const replies: Record<string, string> = {};

  const server: Server = createServer((socket) => {
    sockets.add(socket);
    found.connections += 1;
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    let rest = '';
    let data: string[] | undefined;
    say('220 test ESMTP');

    const usual = (line: string): string => {
      if (/^(?:EHLO|HELO)/i.test(line)) return '250 test';
      if (/^DATA/i.test(line)) return '354 go on';
      if (/^QUIT/i.test(line)) return '221 bye';
      return '250 ok';
    };

    const answer = (line: string): void => {
      const own = Object.keys(replies).find((start) => line.toUpperCase().startsWith(start));
      const reply = (own === undefined ? undefined : replies[own]) ?? usual(line);
      if (reply.startsWith('354')) data = [];
      say(reply);
      if (/^QUIT/i.test(line)) socket.end();
    };

    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8');
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (data === undefined) {
          found.commands.push(line);
          answer(line);
        } else if (line === '.') {
          const reply = replies['.'] ?? '250 queued';
          if (reply.startsWith('250')) found.messages.push(data.join('\n'));
          data = undefined;
          say(reply);
        } else data.push(line.startsWith('..') ? line.slice(1) : line);
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${port}`,
    get messages() {
      return found.messages;
    },
    get commands() {
      return found.commands;
    },
    get connections() {
      return found.connections;
    },
    replies,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => void server.close(() => done()));
    },
  };
}
