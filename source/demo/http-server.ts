import { createServer, type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
import type { Manners } from './families/family.ts';
import { exceptionReply, PythonError, type Reply } from './reply.ts';

export type RunningServer = { readonly port: number; close(): Promise<void> };

/**
 * Serves on loopback. Half of the added latency passes before a request is understood and half after it was answered.
 * Closing destroys all connections and waits until no answer is being worked on any more.
 */
export async function serve(
  port: number,
  answer: (request: IncomingMessage, path: string, query: URLSearchParams) => Promise<Reply>,
  latencyMs: (path: string) => number,
  clock: Clock,
  manners: Pick<Manners, 'headers' | 'isHttp10'>,
): Promise<RunningServer> {
  const working = new Set<Promise<void>>();

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const delayMs = latencyMs(path) / 2;
    try {
      await clock.sleep(delayMs);
      const reply = await answer(request, path, new URLSearchParams(query)).catch(toReply);
      await clock.sleep(delayMs);
      send(response, reply, manners);
    } catch (error) {
      if (!clock.signal.aborted) throw error;
    }
  }

  // A1111 turns whatever a handler raises into a 500 (webui-api.md 10.1); only closing ends an exchange without an answer.
  function toReply(error: unknown): Reply {
    if (clock.signal.aborted || !(error instanceof Error)) throw error;
    return exceptionReply(new PythonError(error.name, error.message));
  }

  const server = createServer((request, response) => {
    const work = exchange(request, response).finally(() => working.delete(work));
    working.add(work);
  });
  // uvicorn's default (webui-api.md 1): idle connections die between long generations.
  server.keepAliveTimeout = 5000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.allSettled(working);
      await closed;
    },
  };
}

function send(response: ServerResponse, reply: Reply, manners: Pick<Manners, 'headers' | 'isHttp10'>): void {
  if (reply.cut === 'at-once') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body);
  const { contentType = 'application/json' } = reply;
  const headers = {
    ...manners.headers,
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(reply.status === 204 ? {} : { 'content-length': body.length }),
    ...reply.headers,
  };
  if (manners.isHttp10) {
    sendHttp10(response, reply, headers);
    return;
  }
  response.writeHead(reply.status, headers);
  if (reply.cut === 'halfway') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}

/** Node speaks HTTP/1.1 alone, so this is written by hand; the end of the connection is the end of the answer. */
function sendHttp10(
  { socket }: ServerResponse,
  reply: Reply,
  headers: Readonly<Record<string, string | number>>,
): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.0 ${reply.status} ${STATUS_CODES[reply.status]}`, ...lines, '', ''].join('\r\n');
  if (reply.cut === 'halfway') {
    socket?.write(head + reply.body.slice(0, reply.body.length / 2), () => socket.destroy());
    return;
  }
  socket?.end(head + reply.body);
}
