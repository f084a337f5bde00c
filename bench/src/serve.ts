import type { Server } from 'node:http';

export interface BenchReport {
  readonly port?: number;
  /** Microseconds of CPU time of all threads since the process began. */
  readonly cpu?: number;
  /** The most memory the process has taken, in KiB. */
  readonly peak?: number;
}

/** Listens on a free port and tells the parent process about CPU time whenever it asks. */
export function serveBench(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    report({ port: typeof address === 'object' && address ? address.port : 0 });
  });
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    report({ cpu: user + system, peak: process.resourceUsage().maxRSS });
  });
  process.on('disconnect', () => process.exit());
}

function report(message: BenchReport): void {
  process.send?.(message);
}
