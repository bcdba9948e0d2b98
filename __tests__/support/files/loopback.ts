import type { Server } from 'node:http';
import { Server as SecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A server of a test, which only this machine can reach. */
export interface Loopback {
  readonly origin: string;
  readonly port: number;
  /** Ends its connections too. */
  readonly close: () => Promise<void>;
}

/** @param at port, for a server that has to come back where it was; else a free one */
export async function onLoopback(server: Server | SecureServer, at = 0): Promise<Loopback> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${server instanceof SecureServer ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    close: () => {
      server.closeAllConnections();
      // The only error that there can be is that it is closed already.
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
