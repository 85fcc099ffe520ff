import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startBuiltInWebUi } from '../../source/demo/built-in-webui.ts';
import { type DemoFamilyName, demoFamilyNames } from '../../source/demo/family-names.ts';
import { makeTempDirectory } from '../helpers/temp-directory.ts';
import { type Capture, readCaptures } from '../webui/capture.ts';

/** What one WebUI answers, by request without its query: several answers where several were seen. */
export type Corpus = {
  readonly name: string;
  readonly answers: ReadonlyMap<string, readonly Capture[]>;
};

const captures = resolve(import.meta.dirname, '../captures');

/** The answers of the real servers in `test/captures/`, and those of each family that the built-in WebUI plays. */
export async function readCorpora(): Promise<Corpus[]> {
  const real = ['forge', 'koboldcpp', 'sd-server'].map(readReal);
  return [...real, ...(await Promise.all(demoFamilyNames.map(askBuiltIn)))];
}

function readReal(name: string): Corpus {
  const files = readdirSync(join(captures, name)).map((file) => `${name}/${file.replace(/\.txt$/, '')}`);
  return { name, answers: byRequest(files.flatMap(readCaptures)) };
}

const asked = [
  ...['options', 'sd-models', 'samplers', 'schedulers', 'face-restorers', 'cmd-flags', 'progress', 'memory'],
  ...['interrupt', 'skip', 'refresh-checkpoints', 'checkpoint'],
].map((name) => `/sdapi/v1/${name}`);

async function askBuiltIn(family: DemoFamilyName): Promise<Corpus> {
  using temporary = makeTempDirectory();
  const webUi = await startBuiltInWebUi({
    dataDirectory: temporary.path,
    family,
    durationMs: 1,
    loadMs: 0,
    seed: 1,
  });
  const found: Capture[] = [];
  async function ask(method: string, path: string, body?: string): Promise<void> {
    const init =
      body === undefined ? { method } : { method, body, headers: { 'content-type': 'application/json' } };
    const response = await fetch(webUi.url + path, init);
    found.push({
      request: `${method} ${path}`,
      sent: body ?? '',
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      body: await response.text(),
      imageSizes: [],
    });
  }
  try {
    for (const path of [...asked, '/', '/openapi.json', '/api/extra/version', '/sdcpp/v1/capabilities'])
      await ask('GET', path);
    for (const name of ['interrupt', 'skip', 'refresh-checkpoints', 'options'])
      await ask('POST', `/sdapi/v1/${name}`, '{}');
    const request = { prompt: 'a lighthouse', width: 64, height: 64, steps: 1, seed: 42, batch_size: 1 };
    await ask('POST', '/sdapi/v1/txt2img', JSON.stringify(request));
  } finally {
    await webUi.close();
  }
  return { name: `built-in ${family}`, answers: byRequest(found) };
}

function byRequest(all: readonly Capture[]): Map<string, Capture[]> {
  const answered = all.filter(({ status }) => status !== 0);
  return Map.groupBy(answered, ({ request }) => request.replace(/\?.*/, ''));
}
