import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server through which a test can cut or stop the traffic. */
export interface Gate {
  /** Of 127.0.0.1. */
  readonly port: number;
  /** Cuts all connections and takes no new ones. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** Connections stay, and can be made, but nothing gets through any more. */
  swallow(): void;
  /** Ends `swallow`. What was sent meanwhile is lost, with the connections it was sent on. */
  pass(): void;
  close(): Promise<void>;
}

export async function createGate(targetPort: number, targetHost: string): Promise<Gate> {
  const sockets = new Set<Socket>();
  let swallows = false;

  function accept(near: Socket): void {
    const far = connect(targetPort, targetHost);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (bytes) => {
        if (!swallows) to.write(bytes);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  const listen = (port: number): Promise<Server> =>
    new Promise((resolve) => {
      const listening = createServer(accept);
      listening.listen(port, '127.0.0.1', () => resolve(listening));
    });

  let server: Server | undefined = await listen(0);
  const { port } = server.address() as { port: number };

  async function shut(): Promise<void> {
    const closing = server;
    server = undefined;
    const closed = new Promise<void>((resolve) => (closing ? closing.close(() => resolve()) : resolve()));
    cut();
    await closed;
  }

  return {
    port,
    shut,
    async open() {
      server = await listen(port);
    },
    swallow() {
      swallows = true;
    },
    pass() {
      swallows = false;
      cut();
    },
    close: shut,
  };
}
