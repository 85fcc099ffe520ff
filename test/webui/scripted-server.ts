import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { WebUiClient } from '../../source/webui/client.ts';
import { createWebUiClient, type WebUiClientOptions } from '../../source/webui/create-webui-client.ts';
import { type Ending, usualEnding } from '../helpers/ending.ts';
import type { Capture } from './capture.ts';

export type Seen = {
  readonly request: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type Script = (
  seen: Seen,
  response: ServerResponse,
) => Answer | undefined | Promise<Answer | undefined>;

/** An HTTP server that answers as the script says, or lets the script do so itself; it ends with the test. */
export async function startServer(
  script: Script,
  ending: Ending = usualEnding,
): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join('');
    const one = { request: `${request.method} ${request.url}`, headers: request.headers, body };
    seen.push(one);
    const answer = await script(one, response);
    if (answer) response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
  });
  ending.onTestFinished(() => void server.closeAllConnections());
  return { url: await listen(server, { ending }), seen };
}

/** A TCP server: what a proxy, another program or a dying WebUI may do below HTTP. */
export async function startTcpServer(onConnection: (socket: Socket, index: number) => void): Promise<string> {
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onConnection(socket, count++);
  });
  usualEnding.onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listen(server);
}

/** A port that nothing listens on. */
export async function findClosedPort(): Promise<number> {
  const server = createTcpServer();
  const { port } = new URL(await listen(server));
  await new Promise((resolve) => server.close(resolve));
  return Number(port);
}

export async function listen(server: Server, { port = 0, ending = usualEnding } = {}): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  ending.onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function openClient(
  url: string,
  options: Partial<WebUiClientOptions> = {},
  { onTestFinished }: Ending = usualEnding,
): WebUiClient {
  const client = createWebUiClient({ url, auth: null, ...options });
  onTestFinished(() => client.close());
  return client;
}

export function json(body: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export function html(body: string, status = 200): Answer {
  return { status, headers: { 'content-type': 'text/html' }, body };
}

/** Answers each captured request as the real server did, and everything else with FastAPI's 404. */
export function replay(captures: readonly Capture[]): Script {
  const byRequest = new Map(captures.map((capture) => [capture.request, capture]));
  return ({ request }) => {
    const capture = byRequest.get(request) ?? byRequest.get(request.replace(/\?.*/, ''));
    if (!capture) return json({ detail: 'Not Found' }, 404);
    return { status: capture.status, headers: { 'content-type': capture.contentType }, body: capture.body };
  };
}
