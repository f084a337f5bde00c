interface ListenOptions {
  readonly port: number;
  readonly hostname?: string;
}

/** `PORT` and `HOST` of the environment. Default: port 3000 of all addresses. */
export function listenOptions(): ListenOptions {
  const { PORT, HOST } = process.env;
  const port = Number(PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT is "${PORT}"; it must be a number from 0 to 65535.`);
  }
  return { port, ...(HOST && { hostname: HOST }) };
}

export function sayWhyNot(error: Error): void {
  const isTaken = 'code' in error && error.code === 'EADDRINUSE';
  console.error(isTaken ? 'The port is taken by another program. Choose another one: PORT=3001' : error);
  process.exitCode = 1;
}
