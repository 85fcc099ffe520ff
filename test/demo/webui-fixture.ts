import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  type BuiltInWebUi,
  type BuiltInWebUiOptions,
  startBuiltInWebUi,
} from '../../source/demo/built-in-webui.ts';
import { type Fault, parseFault } from '../../source/demo/faults.ts';

/** A built-in WebUI that is quick and ends with the test, its files included. */
export async function startWebUi(options: Partial<BuiltInWebUiOptions> = {}): Promise<BuiltInWebUi> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'sdloop-demo-'));
  const webUi = await startBuiltInWebUi({
    dataDirectory,
    stepMs: 1,
    seed: 1,
    ...quickLoads(options),
    ...options,
  });
  onTestFinished(async () => {
    await webUi.close();
    await rm(dataDirectory, { recursive: true });
  });
  return webUi;
}

function quickLoads({ checkpoints }: Partial<BuiltInWebUiOptions>): Partial<BuiltInWebUiOptions> {
  return checkpoints ? {} : { loadMs: 0 };
}

export type Answer = { status: number; body: unknown; headers: Headers };

export async function get(webUi: BuiltInWebUi, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(webUi.url + path, init);
  const text = await response.text();
  return { status: response.status, body: parse(text), headers: response.headers };
}

export function post(webUi: BuiltInWebUi, path: string, body?: unknown): Promise<Answer> {
  return get(webUi, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
}

export type Txt2ImgAnswer = {
  status: number;
  images: Buffer[];
  info: Record<string, unknown>;
  body: Record<string, unknown>;
};

/** A small quick generation, and its answer taken apart. */
export async function txt2img(
  webUi: BuiltInWebUi,
  request: Record<string, unknown> = {},
): Promise<Txt2ImgAnswer> {
  const { status, body } = await post(webUi, '/sdapi/v1/txt2img', { ...small, ...request });
  const fields = body as Record<string, unknown>;
  const images = Array.isArray(fields.images) ? fields.images : [];
  return {
    status,
    body: fields,
    images: images.map((image) => Buffer.from(String(image), 'base64')),
    info: typeof fields.info === 'string' && fields.info !== '' ? JSON.parse(fields.info) : {},
  };
}

const small = { prompt: 'a lighthouse', width: 64, height: 64, steps: 4, seed: 42, sampler_name: 'Euler a' };

export type ProgressBody = {
  progress: number;
  eta_relative: number;
  current_image: string | null;
  textinfo: null;
  state: Record<string, string | number | boolean>;
};

export async function progressOf(
  webUi: BuiltInWebUi,
  query = '?skip_current_image=true',
): Promise<ProgressBody> {
  return (await get(webUi, `/sdapi/v1/progress${query}`)).body as ProgressBody;
}

/** Polls until the state is as wanted; the test's own time limit ends a wait in vain. */
export async function untilProgress(
  webUi: BuiltInWebUi,
  isWanted: (progress: ProgressBody) => boolean,
): Promise<ProgressBody> {
  for (;;) {
    const progress = await progressOf(webUi);
    if (isWanted(progress)) return progress;
  }
}

export function fault(text: string): Fault {
  const parsed = parseFault(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.fault;
}

/** Every file below the outputs, relative and sorted. */
export async function outputsOf(webUi: BuiltInWebUi): Promise<string[]> {
  const directory = join(webUi.dataDirectory, 'outputs');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();
}

/** The text chunks of a PNG with their kind, and its size. */
export function readPng(png: Buffer): {
  width: number;
  height: number;
  texts: Record<string, { kind: string; text: string }>;
} {
  const texts: Record<string, { kind: string; text: string }> = {};
  for (let offset = 8; offset < png.length; ) {
    const length = png.readUInt32BE(offset);
    const kind = png.toString('latin1', offset + 4, offset + 8);
    const data = png.subarray(offset + 8, offset + 8 + length);
    const end = data.indexOf(0);
    const keyword = data.toString('latin1', 0, end);
    if (kind === 'tEXt') texts[keyword] = { kind, text: data.toString('latin1', end + 1) };
    if (kind === 'iTXt') texts[keyword] = { kind, text: data.toString('utf8', end + 5) };
    offset += length + 12;
  }
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), texts };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
