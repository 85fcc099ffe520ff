import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { WireAnswer } from './mutate-answer.ts';

/** Below HTTP: whatever bytes are to come for a request come, at a pace of their own. */
export type WireServer = AsyncDisposable & { readonly url: string };

/** A client that waits for a whole answer is held so long at most, ms. */
const heldMs = 400;

const dripEveryMs = 5;

/** Starts a server at a free port of 127.0.0.1 that answers each request (`GET /path?query`) with the bytes that `answer` gives. */
export async function startWireServer(answer: (request: string) => WireAnswer): Promise<WireServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    let unread = '';
    socket.setEncoding('latin1').on('data', (text: string) => {
      unread += text;
      for (let end = endOfRequest(unread); end !== null; end = endOfRequest(unread)) {
        const request = unread.slice(0, unread.indexOf(' HTTP/'));
        unread = unread.slice(end);
        send(socket, answer(request));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Where the first request ends, its body included; null while it is not whole. */
function endOfRequest(text: string): number | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = /^content-length: *(\d+)/im.exec(text.slice(0, headEnd))?.[1] ?? '0';
  const end = headEnd + 4 + Number(length);
  return end <= text.length ? end : null;
}

function send(socket: Socket, { bytes, ending }: WireAnswer): void {
  switch (ending) {
    case 'keep':
      socket.write(bytes);
      return;
    case 'close':
      socket.end(bytes);
      return;
    case 'reset':
      socket.write(bytes, () => socket.resetAndDestroy());
      return;
    case 'stall':
      socket.write(bytes);
      hold(socket);
      return;
    case 'drip': {
      let at = 0;
      const timer = setInterval(() => socket.write(bytes.subarray(at, ++at)), dripEveryMs);
      socket.on('close', () => clearInterval(timer));
      hold(socket);
    }
  }
}

function hold(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), heldMs);
  socket.on('close', () => clearTimeout(timer));
}
