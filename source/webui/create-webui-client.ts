import { getHeapStatistics } from 'node:v8';
import type * as v from 'valibot';
import { type Access, plainAccess } from '../generation/access.ts';
import type { Checkpoint } from '../generation/checkpoint.ts';
import type { Failure, Result } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import { isSameCheckpoint } from '../generation/is-same-checkpoint.ts';
import type { Progress, WebUi } from '../generation/webui.ts';
import type { GenerateOptions, GenerationAnswer, ProgressWithPreview, WebUiClient } from './client.ts';
import { openReusedConnections, openSingleUseConnections } from './connections.ts';
import { cutText } from './cut-text.ts';
import { credentialHeaders, type Peer } from './exchange.ts';
import { explainNoImages, readOutOfMemoryCount } from './explain-no-images.ts';
import { freeMemory } from './free-memory.ts';
import { type Ground, groundOf, unprobedGround, withoutCheckpoint } from './ground.ts';
import { createSecretMask } from './mask-secrets.ts';
import { isPortOpen } from './open-port.ts';
import { probe } from './probe.ts';
import { withinBudget } from './rate-budget.ts';
import { getJson, parseAnswer, requestSuccess } from './request-json.ts';
import { restartItself } from './restart-itself.ts';
import { selectCheckpoint } from './select-checkpoint.ts';
import { Startup } from './startup.ts';
import { memorySchema, toMemoryUse } from './wire/memory.ts';
import { readPreview } from './wire/preview.ts';
import { previewPath, previewSchema, progressPath, progressSchema, toProgress } from './wire/progress.ts';
import { readTxt2imgAnswer } from './wire/txt2img-answer.ts';
import { toTxt2imgRequest } from './wire/txt2img-request.ts';
import { withDeadline } from './with-deadline.ts';

export type WebUiClientOptions = {
  /** As `normaliseUrl` gives it: no path at the end, no credentials. */
  readonly url: string;
  /** `user:password`, or null. */
  readonly auth: string | null;
  /** What else the address asks for; nothing when not given. */
  readonly access?: Access;
  /** Longest wait for a connection and for the answer to anything but work, ms. */
  readonly answerTimeoutMs?: number;
  /** Longest wait until the WebUI has looked for checkpoints, which it puts off while it generates, ms. */
  readonly refreshTimeoutMs?: number;
  /** Most bytes that the answer to a generation, and to anything else, may have. */
  readonly imagesByteLimit?: number;
  readonly listByteLimit?: number;
};

const mebibyte = 2 ** 20;

/**
 * An answer with images lies in the heap twice, as text and as parsed strings, and once decoded outside it: 341 MB of them took 1.1 GB.
 * A small heap takes smaller ones; V8 cannot hold a text above 512 MiB at all.
 */
function defaultImagesByteLimit(): number {
  return Math.min(384 * mebibyte, Math.floor(getHeapStatistics().heap_size_limit / 4));
}

export function createWebUiClient({
  url,
  auth,
  access = plainAccess,
  answerTimeoutMs = 10_000,
  refreshTimeoutMs = 900_000,
  imagesByteLimit = defaultImagesByteLimit(),
  listByteLimit = 64 * mebibyte,
}: WebUiClientOptions): WebUiClient {
  const { origin, pathname } = new URL(url);
  const limits = { connectTimeoutMs: answerTimeoutMs, trust: access };
  const questions = openReusedConnections(origin, { ...limits, answerByteLimit: listByteLimit });
  const deeds = openSingleUseConnections(origin, { ...limits, answerByteLimit: imagesByteLimit });
  const mask = createSecretMask(auth, access);
  const credentials = credentialHeaders(auth, access);
  const address = { origin, basePath: pathname.replace(/\/$/, ''), credentials, mask };
  const asking: Peer = { ...address, connections: questions };
  const acting: Peer = { ...address, connections: deeds };
  const startup = new Startup();
  let checkpoints: readonly Checkpoint[] = [];
  let ground: Ground = unprobedGround;
  /** As it stood before the running generation, where a shortage is told by it alone; null where it is not known. */
  let outOfMemoryCount: number | null = null;

  /** Runs an attempt unless the WebUI is just starting, and notes how it went. */
  async function attempt<T>(
    signal: AbortSignal | undefined,
    run: () => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const isJustOpen =
      startup.isPortFirst && (await withDeadline(answerTimeoutMs, signal, (end) => isPortOpen(url, end)));
    if (isJustOpen) return { ok: false, failure: startup.portOpened() };
    const result = await run();
    if (!result.ok) return { ok: false, failure: startup.failed(result.failure, performance.now()) };
    startup.answered();
    return result;
  }

  async function probeOnce(signal: AbortSignal): Promise<Result<WebUi>> {
    const found = await probe(asking, url, signal);
    if (!found.ok) return found;
    ground = groundOf(found.value, ground);
    checkpoints = found.value.webUi.checkpoints;
    // Another process may answer than before, which counts anew.
    outOfMemoryCount = null;
    return { ok: true, value: found.value.webUi };
  }

  async function generate(
    generation: Generation,
    { saving, signal }: GenerateOptions,
  ): Promise<Result<GenerationAnswer>> {
    let checkpoint = checkpoints.find(({ title }) => title === generation.checkpoint);
    if (ground.traits.checkpointChoice === 'options' && checkpoint) {
      const selected = await selectCheckpoint({ asking, acting }, checkpoint, signal);
      if (!selected.ok) return selected;
      checkpoint = selected.value;
    }
    const { hidesExceptions } = ground.traits;
    if (hidesExceptions && outOfMemoryCount === null) outOfMemoryCount = await countShortages();
    const body = toTxt2imgRequest(generation, saving, ground);
    const path = '/sdapi/v1/txt2img';
    const { statusesAfterWork } = ground.traits;
    const work = { method: 'POST', path, body, signal, isWork: true, statusesAfterWork } as const;
    const sent = await withinBudget(ground.budgets.txt2img, signal, () => requestSuccess(acting, work));
    if (!sent.ok) return { ok: false, failure: nameAsked(sent.failure, generation) };
    const json = parseAnswer(sent.value);
    const answer = json.ok ? readTxt2imgAnswer(json.value, generation, saving) : json;
    if (!answer.ok && answer.failure.kind === 'no-images' && hidesExceptions) {
      return { ok: false, failure: await explain() };
    }
    if (!answer.ok) return { ok: false, failure: workWasDone(answer.failure) };
    return checkpoint ? judgeCheckpoint(checkpoint, answer.value) : answer;
  }

  function countShortages(): Promise<number | null> {
    return withDeadline(answerTimeoutMs, undefined, (signal) => readOutOfMemoryCount(asking, signal));
  }

  async function explain(): Promise<Failure> {
    const failure = await withDeadline(answerTimeoutMs, undefined, (signal) =>
      explainNoImages(asking, outOfMemoryCount, signal),
    );
    outOfMemoryCount = await countShortages();
    return failure;
  }

  /** Somebody selected another checkpoint since the options were read, or since it was verified that ours is loaded. */
  function judgeCheckpoint(asked: Checkpoint, answer: GenerationAnswer): Result<GenerationAnswer> {
    const { checkpointName, checkpointHash } = answer;
    if (isSameCheckpoint(asked, checkpointName, checkpointHash) !== 'other')
      return { ok: true, value: answer };
    if (ground.traits.checkpointChoice === 'options') {
      const detail = cutText(checkpointName ?? checkpointHash ?? '');
      return { ok: false, failure: { kind: 'wrong-checkpoint', detail, asked: asked.title } };
    }
    // From now on ours is named in each request.
    const { options } = ground;
    ground = { ...ground, namesCheckpoint: true, options: options && withoutCheckpoint(options) };
    return { ok: true, value: answer };
  }

  async function read<TSchema extends v.GenericSchema>(path: string, schema: TSchema) {
    return withDeadline(answerTimeoutMs, undefined, (signal) => getJson(asking, { path, signal }, schema));
  }

  async function askProgress<TSchema extends v.GenericSchema>(path: string, schema: TSchema) {
    // What a family lacks is never called (webui-api.md 13.9).
    if (!ground.hasProgress) return { ok: false, failure: { kind: 'api-off', detail: '' } } as const;
    return withinBudget(ground.budgets.progress, undefined, () => read(path, schema));
  }

  async function readProgress(): Promise<Result<Progress>> {
    const { idleSign } = ground.traits;
    return mapResult(await askProgress(progressPath, progressSchema), (told) => toProgress(told, idleSign));
  }

  async function readProgressWithPreview(): Promise<Result<ProgressWithPreview>> {
    if (!ground.hasPreviews)
      return mapResult(await readProgress(), (progress) => ({ progress, preview: { kind: 'none' } }));
    const { idleSign } = ground.traits;
    return mapResult(await askProgress(previewPath, previewSchema), (told) => ({
      progress: toProgress(told, idleSign),
      preview: readPreview(told.current_image),
    }));
  }

  async function act(path: string, timeoutMs = answerTimeoutMs): Promise<Result<null>> {
    const result = await withDeadline(timeoutMs, undefined, (signal) =>
      requestSuccess(acting, { method: 'POST', path, signal }),
    );
    return result.ok ? { ok: true, value: null } : result;
  }

  /** What leaves here holds none of the credentials, whatever the WebUI says. */
  async function masked<T>(result: Promise<Result<T>>): Promise<Result<T>> {
    return mask.data(await result);
  }

  return {
    url,
    freeMemory: () => freeMemory({ asking, acting }, readProgress),
    probe: (signal) =>
      masked(
        withDeadline(answerTimeoutMs, signal, (deadline) => attempt(deadline, () => probeOnce(deadline))),
      ),
    generate: (generation, options) => masked(attempt(options.signal, () => generate(generation, options))),
    readProgress: () => masked(readProgress()),
    readPreview: () => masked(readProgressWithPreview()),
    readMemory: async () => mapResult(await masked(read('/sdapi/v1/memory', memorySchema)), toMemoryUse),
    interrupt: () => masked(act('/sdapi/v1/interrupt')),
    skip: () => masked(act('/sdapi/v1/skip')),
    restart: () =>
      masked(withDeadline(answerTimeoutMs, undefined, (signal) => restartItself(acting, signal))),
    refreshCheckpoints: async () =>
      ground.canRefresh
        ? masked(act('/sdapi/v1/refresh-checkpoints', refreshTimeoutMs))
        : { ok: true, value: null },
    close: async () => {
      await Promise.all([questions.destroy(), deeds.destroy()]);
    },
  };
}

function nameAsked(failure: Failure, { checkpoint, parameters }: Generation): Failure {
  if (failure.kind === 'unknown-checkpoint') return { ...failure, asked: checkpoint };
  if (failure.kind === 'unknown-sampler' && parameters.sampler !== null) {
    return { ...failure, asked: parameters.sampler };
  }
  return failure;
}

/** Images that were asked for and not sent were not made (webui-api.md 7.4, 7.5); an answer that cannot be read may follow work. */
function workWasDone(failure: Failure): Failure {
  return failure.kind === 'invalid-answer' ? { ...failure, mayHaveRun: true } : failure;
}

function mapResult<T, U>(result: Result<T>, map: (value: T) => U): Result<U> {
  return result.ok ? { ok: true, value: map(result.value) } : result;
}
