import type { Socket } from 'node:net';
import { type ClientOptions, type ServedClient, serveClient } from './serve-client.ts';

/** Far more than people have terminals; a script that forgets to close its connections is stopped here. */
const maxClientCount = 64;

/** The clients of a runner, wherever it listens. */
export type ScreenServer = {
  /** Takes a new connection. */
  accept(socket: Socket): void;
  clientCount(): number;
  /** The loop has ended: says so to all and resolves once they are gone, within half a second. New ones are told the same. */
  end(reason: string): Promise<void>;
};

export function createScreenServer(options: ClientOptions): ScreenServer {
  const clients = new Set<ServedClient>();
  let ending: string | null = null;
  return {
    accept(socket) {
      const client = serveClient(socket, options);
      if (ending !== null) return void client.end('loop-ended', ending);
      if (clients.size >= maxClientCount) {
        const reason = `${maxClientCount} screens and scripts are joined already: close one of them.`;
        return void client.end('too-many-clients', reason);
      }
      clients.add(client);
      socket.once('close', () => clients.delete(client));
    },
    clientCount: () => clients.size,
    async end(reason) {
      ending = reason;
      await Promise.all([...clients].map((client) => client.end('loop-ended', reason)));
    },
  };
}
