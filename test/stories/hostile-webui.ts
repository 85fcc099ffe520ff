import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';

/** A WebUI in front of another, whose first generation fails with an error text of the given words; ends with the running test. */
export async function failFirstGeneration(url: string, words: string): Promise<string> {
  let isFirst = true;
  const server = createServer(async (request, response) => {
    if (request.url?.endsWith('/txt2img') && isFirst) {
      isFirst = false;
      response.writeHead(500, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ error: 'RuntimeError', detail: '', body: '', errors: words }));
    }
    try {
      const { method = 'GET' } = request;
      const answer = await fetch(url + request.url, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(method === 'POST' && { body: await text(request) }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      return response.end(await answer.bytes());
    } catch {
      // The WebUI behind has ended, as it does first at the end of a test: like any dead proxied server, seen as a cut connection.
      return response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
