import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { listen } from '../webui/scripted-server.ts';

/** A WebUI behind a proxy; both repeat what they are sent wherever they can. */
export type LeakyWebUi = {
  readonly url: string;
  /** Headers of the requests so far. */
  readonly seen: IncomingMessage['headers'][];
};

/** What it says in place of an answer, and how often. */
const leaks: readonly {
  readonly path: RegExp;
  readonly times: number;
  readonly kind: 'flags' | 'redirect' | 'page';
}[] = [
  { path: /cmd-flags|memory|openapi/, times: Number.POSITIVE_INFINITY, kind: 'flags' },
  { path: /options/, times: 1, kind: 'redirect' },
  { path: /options/, times: 1, kind: 'page' },
  { path: /txt2img/, times: 1, kind: 'flags' },
];

/** Starts one that generates quickly after each of its ways to fail has come up; it ends with the test. */
export async function startLeakyWebUi(): Promise<LeakyWebUi> {
  const webUi = await startBuiltInWebUi({
    dataDirectory: join(tempDirectoryInTest(), 'webui'),
    durationMs: 300,
    loadMs: 0,
  });
  onTestFinished(() => webUi.close());
  const left = leaks.map((leak) => ({ ...leak }));
  const seen: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    seen.push(request.headers);
    const said = echo(request.headers);
    const leak = left.find(({ path, times }) => times > 0 && path.test(request.url ?? ''));
    if (leak) {
      leak.times -= 1;
      if (leak.kind === 'redirect')
        response.writeHead(302, { location: `https://${said.replaceAll(/[^\w-]/g, '.')}` });
      else response.writeHead(leak.kind === 'page' ? 502 : 500, { 'x-said': 'much' });
      const errors = { error: 'RuntimeError', detail: said, errors: said, message: said, body: said };
      response.end(leak.kind === 'page' ? `<html><title>${said}</title>` : JSON.stringify(errors));
      return;
    }
    const answer = await fetch(webUi.url + request.url, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json' },
      ...(request.method === 'POST' && { body }),
    });
    const text = await answer.text();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(/sd-models/.test(request.url ?? '') ? withName(text, said) : text);
  });
  onTestFinished(() => server.closeAllConnections());
  return { url: await listen(server), seen };
}

function echo({ authorization = '', ...headers }: IncomingMessage['headers']): string {
  const basic = /^Basic (.*)/.exec(authorization)?.[1];
  const decoded = basic === undefined ? '' : Buffer.from(basic, 'base64').toString();
  return [decoded, authorization, ...Object.entries(headers).flat()].join(' ').replaceAll('<', '');
}

function withName(list: string, name: string): string {
  const checkpoint = {
    title: name,
    model_name: name,
    hash: null,
    sha256: null,
    filename: `/models/${name}`,
    config: null,
  };
  return JSON.stringify([...(JSON.parse(list) as unknown[]), checkpoint]);
}
