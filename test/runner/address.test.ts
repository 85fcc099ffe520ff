import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { plainAccess } from '../../source/generation/access.ts';
import { startRunner } from '../../source/runner/runner.ts';
import type { Address } from '../../source/runner/runner-options.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { readCapture } from '../webui/capture.ts';
import { listen, replay, startServer } from '../webui/scripted-server.ts';

const forge = ['01-get-sd-models', '02-get-options', '03-get-samplers'].map((name) =>
  readCapture(`forge/${name}`),
);

/** A loop that connects to an address and generates nothing. */
function openLoop(address: Address) {
  const remarks: string[] = [];
  const workingDirectory = tempDirectoryInTest();
  const runner = startRunner({
    address,
    createClient: createWebUiClient,
    saving: { choice: 'client', outputDirectory: null, workingDirectory },
    isDemo: false,
    ledger: null,
    resumesAfterCrash: true,
    minFreeBytes: 0,
    isFollowed: false,
    restarter: null,
    onRemark: (words) => remarks.push(words),
  });
  onTestFinished(() => runner.close());
  const connection = runner.open('screen');
  connection.subscribe(() => undefined);
  const connected = (url: string) => waitFor(() => connection.getSnapshot().webUi?.url === url);
  return { connection, remarks, connected };
}

test('what was given for one address is not sent to another, and is there again for the first', async () => {
  const [first, other] = [await startServer(replay(forge)), await startServer(replay(forge))];
  const access = { ...plainAccess, headers: [['x-key', 's3cret']] as const };
  const { connection, connected } = openLoop({ url: first.url, auth: 'me:word', access });
  await connected(first.url);
  expect(first.seen.every(({ headers }) => headers['x-key'] === 's3cret')).toBe(true);
  connection.connect({ url: `${first.url}/below`, auth: null });
  await waitFor(() => first.seen.some(({ request }) => request.startsWith('GET /below/')));
  expect(first.seen.at(-1)?.headers).toMatchObject({ 'x-key': 's3cret' });
  connection.connect({ url: other.url, auth: null });
  await connected(other.url);
  expect(other.seen.length).toBeGreaterThan(5);
  for (const { headers } of other.seen) {
    expect(headers).not.toHaveProperty('x-key');
    expect(headers).not.toHaveProperty('authorization');
  }
});

test('a server that nobody has verified is told to the screen and to the log', async () => {
  const pem = (name: string) => readFileSync(join(import.meta.dirname, '../webui/certificates', name));
  const answer = replay(forge);
  const server = createServer(
    { cert: pem('server.pem'), key: pem('server-key.pem') },
    async (request, response) => {
      const seen = { request: `${request.method} ${request.url}`, headers: request.headers, body: '' };
      const { status = 200, headers, body } = (await answer(seen, response)) ?? {};
      response.writeHead(status, headers).end(body);
    },
  );
  onTestFinished(() => server.closeAllConnections());
  const url = (await listen(server)).replace('http:', 'https:');
  const loop = openLoop({ url, auth: null, access: { ...plainAccess, isInsecure: true } });
  await loop.connected(url);
  const words = expect.stringContaining(`Nobody has verified who answers at ${url} (--insecure)`);
  expect(loop.remarks).toEqual([words]);
  const { messages } = loop.connection.getSnapshot();
  expect(messages).toContainEqual(expect.objectContaining({ tone: 'warning', text: words }));
});
