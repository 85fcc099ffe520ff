import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from './clock.ts';
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
): Promise<RunningServer> {
  const working = new Set<Promise<void>>();

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const delayMs = latencyMs(path) / 2;
    try {
      await clock.sleep(delayMs);
      const reply = await answer(request, path, new URLSearchParams(query)).catch(toReply);
      await clock.sleep(delayMs);
      send(response, reply);
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

function send(response: ServerResponse, reply: Reply): void {
  if (reply.cut === 'at-once') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    server: 'uvicorn',
    'content-type': reply.contentType ?? 'application/json',
    'content-length': body.length,
    ...reply.headers,
  });
  if (reply.cut === 'halfway') {
    response.write(body.subarray(0, body.length / 2), () => response.destroy());
    return;
  }
  response.end(body);
}
