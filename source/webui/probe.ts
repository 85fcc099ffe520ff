import type { Checkpoint } from '../generation/checkpoint.ts';
import type { Failure, Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import { exchange, type Peer } from './exchange.ts';
import { identifyWithoutApi } from './identify.ts';
import { outputDirectory } from './output-directory.ts';
import { getJson } from './request-json.ts';
import { cmdFlagsSchema } from './wire/cmd-flags.ts';
import { checkpointsSchema, namesSchema, schedulersSchema } from './wire/lists.ts';
import { memorySchema } from './wire/memory.ts';
import { type Options, optionsSchema } from './wire/options.ts';
import { progressPath, progressSchema } from './wire/progress.ts';

/** What was found, and the options that requests depend on, which are for nobody else's eyes. */
export type Finding = { readonly webUi: WebUi; readonly options: Options };

/** Finds out who answers and what it has (webui-api.md 7.9). Options first: they tell whether it is a WebUI at all. */
export async function probe(peer: Peer, url: string, signal: AbortSignal): Promise<Result<Finding>> {
  const options = await getJson(peer, { path: '/sdapi/v1/options', signal, isSecret: true }, optionsSchema);
  if (!options.ok) return { ok: false, failure: await judge(options.failure, peer, signal) };

  const get: Asking = { peer, signal };
  const [checkpoints, samplers, schedulers, restorers, flags, progress, memory, modules, interrupt, skip] =
    await Promise.all([
      getJson(peer, { path: '/sdapi/v1/sd-models', signal }, checkpointsSchema),
      getJson(peer, { path: '/sdapi/v1/samplers', signal }, namesSchema),
      getOptional(get, '/sdapi/v1/schedulers', schedulersSchema),
      getOptional(get, '/sdapi/v1/face-restorers', namesSchema),
      getOptional(get, '/sdapi/v1/cmd-flags', cmdFlagsSchema),
      canGet(get, progressPath, progressSchema),
      canGet(get, '/sdapi/v1/memory', memorySchema),
      isThere(get, '/sdapi/v1/sd-modules'),
      isThere(get, '/sdapi/v1/interrupt'),
      isThere(get, '/sdapi/v1/skip'),
    ]);
  if (!checkpoints.ok) return checkpoints;
  if (!samplers.ok) return samplers;

  const listed = checkpoints.value.map(toCheckpoint);
  const { outdir_txt2img_samples: outdir, sd_model_checkpoint } = options.value;
  // KoboldCpp and stable-diffusion.cpp answer two options only, save nothing and may refuse a second request (webui-api.md 7.1).
  const isWholeWebUi = outdir !== null;
  const webUi: WebUi = {
    url,
    family: modules ? 'forge' : 'a1111',
    version: null,
    checkpoints: listed,
    selectedCheckpoint: sd_model_checkpoint,
    samplers: samplers.value.map(({ name }) => name),
    schedulers: (schedulers ?? []).map(({ name, label }) => label ?? name),
    hasProgress: progress,
    hasInterrupt: interrupt,
    hasSkip: skip,
    hasMemory: memory,
    hasFaceRestoration: restorers !== null && restorers.length > 0,
    canSave: isWholeWebUi,
    outputDirectory: outputDirectory(outdir, flags, listed),
    maxInFlight: isWholeWebUi ? 2 : 1,
    isOutputFollowable: isFollowable(options.value),
  };
  return { ok: true, value: { webUi, options: options.value } };
}

/** By default A1111 saves PNG files below `[date]` (webui-api.md 9.1, 9.2). */
function isFollowable({ samples_format, save_to_dirs, directories_filename_pattern }: Options): boolean {
  const isKnownFormat = samples_format === null || /^(png|jpe?g|webp)$/i.test(samples_format);
  const pattern = directories_filename_pattern ?? '[date]';
  return isKnownFormat && (save_to_dirs === false || pattern === '[date]' || pattern === '');
}

type Asking = { readonly peer: Peer; readonly signal: AbortSignal };

/** A 200 that is no JSON comes from a web page, one without an end from a stream; a 404 may have several reasons. */
async function judge(failure: Failure, peer: Peer, signal: AbortSignal): Promise<Failure> {
  if (failure.kind === 'api-off') return identifyWithoutApi(peer, signal);
  if (failure.kind === 'answer-too-large') return { kind: 'not-a-webui', detail: 'its answer does not end' };
  return failure.kind === 'invalid-answer' ? { ...failure, kind: 'not-a-webui' } : failure;
}

/** Null where the WebUI lacks it or fails to answer, as Forge does for its flags (webui-api.md 13.4). */
async function getOptional<TSchema extends Parameters<typeof getJson>[2]>(
  { peer, signal }: Asking,
  path: string,
  schema: TSchema,
) {
  const result = await getJson<TSchema>(peer, { path, signal, isSecret: true }, schema);
  return result.ok ? result.value : null;
}

/** A passing trouble, such as a 500 while a preview cannot be encoded (webui-api.md 4), does not switch an ability off. */
async function canGet(
  { peer, signal }: Asking,
  path: string,
  schema: Parameters<typeof getJson>[2],
): Promise<boolean> {
  const result = await getJson(peer, { path, signal }, schema);
  return result.ok || !['api-off', 'invalid-answer', 'unauthorised'].includes(result.failure.kind);
}

/** Asked by GET, which does nothing: a POST-only path says 405 (captures/forge/79), a missing one 404. */
async function isThere({ peer, signal }: Asking, path: string): Promise<boolean> {
  const result = await exchange(peer, { method: 'GET', path, signal });
  return result.ok && result.value.status !== 404 && result.value.status !== 501;
}

function toCheckpoint(wire: {
  readonly title: string;
  readonly model_name: string;
  readonly hash: string | null;
  readonly filename: string | null;
}): Checkpoint {
  return { title: wire.title, name: wire.model_name, hash: wire.hash, filename: wire.filename };
}
