import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { answerWith, sampleGeneration, tinyPng } from './sample-generation.ts';
import { findClosedPort, json, openClient, startServer, startTcpServer } from './scripted-server.ts';

const generation = sampleGeneration();
const progress = JSON.stringify({
  state: { job_count: 1, job_no: 0, sampling_step: 3, sampling_steps: 20, job_timestamp: '20261122193908' },
});
const whole = `HTTP/1.1 200 OK\r\ncontent-length: ${progress.length}\r\n\r\n${progress}`;

function onRequest(socket: Socket, act: () => void): void {
  socket.on('data', act);
}

describe('a generation', () => {
  test('that meets nobody was not made', async () => {
    const client = openClient(`http://127.0.0.1:${await findClosedPort()}`);
    expect(await client.generate(generation, { saving: 'server' })).toEqual({
      ok: false,
      failure: { kind: 'unreachable', detail: 'connection refused (ECONNREFUSED)' },
    });
  });

  test('that comes to no connection was not made, and is not waited for', async () => {
    const url = await startTcpServer(() => {});
    // Behind a connection that is never finished stands whoever takes bytes and speaks no TLS.
    const client = openClient(url.replace('http:', 'https:'), { answerTimeoutMs: 60 });
    expect(await client.generate(generation, { saving: 'server' })).toEqual({
      ok: false,
      failure: { kind: 'unreachable', detail: 'no connection in time (UND_ERR_CONNECT_TIMEOUT)' },
    });
  });

  test('for a host that is not there was not made', async () => {
    const result = await openClient('http://no-such-host.invalid:7860').generate(generation, {
      saving: 'server',
    });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
    expect(result).not.toHaveProperty('failure.mayHaveRun');
  });

  test.each([
    ['before any answer', (socket: Socket) => socket.resetAndDestroy()],
    ['politely before any answer', (socket: Socket) => socket.end()],
    ['in the middle of the headers', (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-le')],
    [
      'in the middle of the body',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{"im'),
    ],
    [
      'in the middle of a chunk',
      (socket: Socket) => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n{"im'),
    ],
  ])('whose connection ends %s may have been made, and is not sent again', async (_, cut) => {
    let count = 0;
    const url = await startTcpServer((socket) => {
      count++;
      onRequest(socket, () => cut(socket));
    });
    const result = await openClient(url).generate(generation, { saving: 'server' });
    expect(result).toMatchObject({ ok: false, failure: { kind: 'connection-lost', mayHaveRun: true } });
    expect(count).toBe(1);
  });

  test('may take longer than anything else may', async () => {
    const answered = Promise.withResolvers<void>();
    const { url } = await startServer(async ({ request }) => {
      if (request.startsWith('GET')) return undefined;
      await answered.promise;
      return json(answerWith({ all_seeds: [42] }, [tinyPng]));
    });
    const client = openClient(url, { answerTimeoutMs: 40 });
    const generating = client.generate(generation, { saving: 'client' });
    expect(await client.readProgress()).toEqual({
      ok: false,
      failure: { kind: 'unreachable', detail: 'no answer in time' },
    });
    answered.resolve();
    expect(await generating).toMatchObject({ ok: true });
  });

  test('that is no longer waited for may be made all the same', async () => {
    const { url, seen } = await startServer(() => undefined);
    const controller = new AbortController();
    const generating = openClient(url).generate(generation, { saving: 'server', signal: controller.signal });
    await expect.poll(() => seen.length).toBe(1);
    controller.abort();
    expect(await generating).toEqual({
      ok: false,
      failure: { kind: 'connection-lost', detail: 'the wait was ended', mayHaveRun: true },
    });
  });

  test('ends with the client', async () => {
    const { url, seen } = await startServer(() => undefined);
    const client = openClient(url);
    const generating = client.generate(generation, { saving: 'server' });
    await expect.poll(() => seen.length).toBe(1);
    await client.close();
    expect(await generating).toMatchObject({
      ok: false,
      failure: { kind: 'connection-lost', mayHaveRun: true },
    });
    expect(await client.readProgress()).toMatchObject({ ok: false, failure: { kind: 'connection-lost' } });
  });

  test.each([
    ['said beforehand', { 'content-length': '40000000' }],
    ['found while reading', { 'transfer-encoding': 'chunked' }],
  ])('whose answer is too large, %s, does not fill the memory', async (_, headers) => {
    let sentCount = 0;
    const { url } = await startServer((_seen, response) => {
      response.writeHead(200, headers);
      const send = () => {
        while (!response.destroyed && sentCount < 40_000_000) {
          sentCount += 100_000;
          if (!response.write('x'.repeat(100_000))) return;
        }
        response.end();
      };
      response.on('drain', send);
      send();
      return undefined;
    });
    const client = openClient(url, { imagesByteLimit: 50_000 });
    expect(await client.generate(generation, { saving: 'client' })).toEqual({
      ok: false,
      failure: { kind: 'answer-too-large', detail: '', mayHaveRun: true },
    });
    expect(sentCount).toBeLessThan(40_000_000);
  });

  test('comes in chunks, or without a length to the end of the connection', async () => {
    const body = JSON.stringify(answerWith({ all_seeds: [42] }, [tinyPng]));
    const { url } = await startServer((_seen, response) => {
      response.writeHead(200);
      for (const character of body) response.write(character);
      response.end();
      return undefined;
    });
    expect(await openClient(url).generate(generation, { saving: 'client' })).toMatchObject({ ok: true });

    const old = await startTcpServer((socket) =>
      onRequest(socket, () => socket.end(`HTTP/1.0 200 OK\r\n\r\n${body}`)),
    );
    expect(await openClient(old).generate(generation, { saving: 'client' })).toMatchObject({ ok: true });
  });

  test('answered by something that does not speak HTTP', async () => {
    const url = await startTcpServer((socket) =>
      onRequest(socket, () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
    );
    expect(await openClient(url).generate(generation, { saving: 'server' })).toEqual({
      ok: false,
      failure: { kind: 'invalid-answer', detail: 'what came is not HTTP', mayHaveRun: true },
    });
    expect(await openClient(url).probe()).toMatchObject({ failure: { kind: 'not-a-webui' } });
  });
});

describe('a question', () => {
  test('is asked once more when a kept connection turns out to be dead', async () => {
    let requestCount = 0;
    const url = await startTcpServer((socket, index) => {
      onRequest(socket, () => {
        requestCount++;
        // The first connection lives for one answer: then it is reset by the next request.
        if (index === 0 && requestCount > 1) socket.resetAndDestroy();
        else socket.write(whole);
      });
    });
    const client = openClient(url);
    expect(await client.readProgress()).toMatchObject({ ok: true, value: { step: 3, stepCount: 20 } });
    // The connection is free again a turn of the event loop after its answer.
    await new Promise(setImmediate);
    expect(await client.readProgress()).toMatchObject({ ok: true, value: { step: 3, stepCount: 20 } });
    expect(requestCount).toBe(3);
  });

  test('is not asked for ever', async () => {
    let count = 0;
    const url = await startTcpServer((socket) => {
      count++;
      onRequest(socket, () => socket.resetAndDestroy());
    });
    expect(await openClient(url).readProgress()).toMatchObject({
      ok: false,
      failure: { kind: 'connection-lost' },
    });
    expect(count).toBe(2);
  });

  test('that is never answered ends by its deadline', async () => {
    const { url } = await startServer(() => undefined);
    const client = openClient(url, { answerTimeoutMs: 40 });
    const unanswered = { ok: false, failure: { kind: 'unreachable', detail: 'no answer in time' } };
    expect(await client.probe()).toEqual(unanswered);
    expect(await client.readMemory()).toEqual(unanswered);
    expect(await client.interrupt()).toEqual(unanswered);
  });

  test('a look for checkpoints that never ends is not waited for for ever', async () => {
    const { url } = await startServer(() => undefined);
    const client = openClient(url, { refreshTimeoutMs: 50 });
    expect(await client.refreshCheckpoints()).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
  });

  test('ends when its caller ends it', async () => {
    const { url, seen } = await startServer(() => undefined);
    const controller = new AbortController();
    const probing = openClient(url).probe(controller.signal);
    await expect.poll(() => seen.length).toBe(1);
    controller.abort();
    expect(await probing).toMatchObject({ ok: false, failure: { kind: 'connection-lost' } });
  });
});

describe('interrupt and skip', () => {
  test.each([
    ['{}', 200],
    ['null', 200],
    ['', 204],
  ])('take %j for an answer', async (body, status) => {
    const { url, seen } = await startServer(() => ({ status, body }));
    const client = openClient(url);
    expect(await client.interrupt()).toEqual({ ok: true, value: null });
    expect(await client.skip()).toEqual({ ok: true, value: null });
    expect(await client.refreshCheckpoints()).toEqual({ ok: true, value: null });
    expect(seen.map(({ request }) => request)).toEqual([
      'POST /sdapi/v1/interrupt',
      'POST /sdapi/v1/skip',
      'POST /sdapi/v1/refresh-checkpoints',
    ]);
  });

  test('are sent once: the next generation must not be hit', async () => {
    let count = 0;
    const url = await startTcpServer((socket) => {
      count++;
      onRequest(socket, () => socket.resetAndDestroy());
    });
    expect(await openClient(url).interrupt()).toMatchObject({
      ok: false,
      failure: { kind: 'connection-lost' },
    });
    expect(count).toBe(1);
  });
});

describe('addresses', () => {
  test('below a path', async () => {
    const { url, seen } = await startServer(() => json({}));
    await openClient(`${url}/sd/box`).interrupt();
    expect(seen[0]?.request).toBe('POST /sd/box/sdapi/v1/interrupt');
  });

  test('`localhost` finds a WebUI that does not bind ::1', async () => {
    const { url } = await startServer(() => json({}));
    expect(await openClient(url.replace('127.0.0.1', 'localhost')).interrupt()).toMatchObject({ ok: true });
  });

  test('of https that speak http say so', async () => {
    const { url } = await startServer(() => json({}));
    expect(await openClient(url.replace('http:', 'https:')).probe()).toMatchObject({
      ok: false,
      failure: { kind: 'unreachable', detail: expect.stringContaining('write http://') },
    });
  });
});
