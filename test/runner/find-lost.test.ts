import { readdirSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loopInTest } from './loop-in-test.ts';

test('a WebUI that works on behind a line that is down is not asked for the same images again', async () => {
  const line = await unsteadyLine();
  const loop = await loopInTest({ durationMs: 4000, url: line.to });
  loop.start({ goal: { kind: 'images', count: 2 } });
  await loop.until(() => loop.webUi.stats().requests.some(({ startedAt }) => startedAt !== null));
  line.loseWork();
  // Longer than the retry's delay and a search that trusted the silence.
  await loop.until(() => loop.webUi.stats().requests.every(({ endedAt }) => endedAt !== null));
  line.mend();
  await loop.until(() => loop.of('stopped').length > 0, 25_000);
  expect(loop.webUi.stats().requests).toHaveLength(1);
  const told = loop.of('image').map(({ image }) => image);
  expect(told.map(({ seed }) => seed)).toEqual([1000, 1001]);
  expect(readdirSync(dirname(told[0]?.path ?? ''))).toHaveLength(2);
});

/** Passes everything on; from `loseWork` to `mend` it loses answers to work, and what is asked about progress. */
async function unsteadyLine() {
  let isDown = false;
  let target = '';
  const work = new Set<() => void>();
  const server = createServer((incoming, outgoing) => {
    const isWork = incoming.method === 'POST';
    const lose = () => outgoing.socket?.resetAndDestroy();
    if (isDown && (isWork || incoming.url?.includes('/progress'))) {
      lose();
      return;
    }
    if (isWork) work.add(lose);
    const { method, headers, url = '/' } = incoming;
    const passed = request(target + url, { method, headers }, (answer) => {
      work.delete(lose);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', lose);
    incoming.pipe(passed);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    async to(url: string): Promise<string> {
      target = url;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    loseWork() {
      isDown = true;
      for (const lose of work) lose();
    },
    mend() {
      isDown = false;
    },
  };
}
