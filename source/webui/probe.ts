import type { Checkpoint } from '../generation/checkpoint.ts';
import type { Failure, Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';
import type { Peer } from './exchange.ts';
import type { OptionalEndpoint } from './families/family-traits.ts';
import { traitsOf } from './families/traits-of.ts';
import { identifyImitation, identifyWebUi, isThere } from './identify-family.ts';
import { identifyWithoutApi } from './identify-without-api.ts';
import { livePreviewsOf } from './live-previews.ts';
import { belowCommonFolder, outputDirectory } from './output-directory.ts';
import { getJson } from './request-json.ts';
import { cmdFlagsSchema } from './wire/cmd-flags.ts';
import { checkpointsSchema, namesSchema, schedulersSchema } from './wire/lists.ts';
import { memorySchema } from './wire/memory.ts';
import { type Options, optionsSchema } from './wire/options.ts';
import { progressPath, progressSchema, toProgress } from './wire/progress.ts';

/** What was found, and what requests depend on; the options are for nobody else's eyes. */
export type Finding = {
  readonly webUi: WebUi;
  readonly options: Options;
  /** Whether a job was under way: the checkpoint in the options may then be that job's alone (webui-api.md 3.1). */
  readonly isAtWork: boolean;
  readonly canRefresh: boolean;
};

/** Finds out who answers and what it has (webui-api.md 7.9). Options first: they tell whether it is a WebUI at all. */
export async function probe(peer: Peer, url: string, signal: AbortSignal): Promise<Result<Finding>> {
  const read = await getJson(peer, { path: '/sdapi/v1/options', signal, isSecret: true }, optionsSchema);
  if (!read.ok) return { ok: false, failure: await judge(read.failure, peer, signal) };
  const options = read.value;
  // KoboldCpp and stable-diffusion.cpp answer two options only (webui-api.md 7.1).
  const identify = options.outdir_txt2img_samples === null ? identifyImitation : identifyWebUi;
  const { family, version } = await identify(peer, signal);
  const traits = traitsOf(family);
  const { endpoints, saving, limits, maxInFlight, canFreeMemory, hasVariations, hasHires } = traits;

  const get: Asking = { peer, signal };
  /** Asks only for what the family may have. */
  const ifKnown = <T>(endpoint: OptionalEndpoint, ask: (path: string) => Promise<T>) =>
    endpoints.includes(endpoint) ? ask(`/sdapi/v1/${endpoint}`) : null;
  const [
    checkpoints,
    samplers,
    schedulers,
    restorers,
    flags,
    progress,
    memory,
    interrupt,
    skip,
    refresh,
    restart,
  ] = await Promise.all([
    getJson(peer, { path: '/sdapi/v1/sd-models', signal }, checkpointsSchema),
    getJson(peer, { path: '/sdapi/v1/samplers', signal }, namesSchema),
    ifKnown('schedulers', (path) => getOptional(get, path, schedulersSchema)),
    ifKnown('face-restorers', (path) => getOptional(get, path, namesSchema)),
    ifKnown('cmd-flags', (path) => getOptional(get, path, cmdFlagsSchema)),
    ifKnown('progress', () => getJson(peer, { path: progressPath, signal }, progressSchema)),
    ifKnown('memory', (path) => canGet(get, path, memorySchema)),
    ifKnown('interrupt', (path) => isThere(peer, path, signal)),
    ifKnown('skip', (path) => isThere(peer, path, signal)),
    ifKnown('refresh-checkpoints', (path) => isThere(peer, path, signal)),
    // Only asked whether it is there: with --api-server-stop (webui-api.md 2).
    ifKnown('server-restart', (path) => isThere(peer, path, signal)),
  ]);
  if (!checkpoints.ok) return checkpoints;
  if (!samplers.ok) return samplers;

  const hasProgress = progress !== null && isAnswering(progress);
  const listed = checkpoints.value.map(toCheckpoint);
  const { outdir_txt2img_samples, outdir_samples } = options;
  const outdir = saving?.isBelowCommonFolder
    ? belowCommonFolder(outdir_txt2img_samples, outdir_samples)
    : outdir_txt2img_samples;
  const webUi: WebUi = {
    url,
    family,
    version,
    checkpoints: listed,
    selectedCheckpoint: options.sd_model_checkpoint,
    samplers: samplers.value.map(({ name }) => name),
    schedulers: (schedulers ?? []).map(({ name, label }) => label ?? name),
    hasProgress,
    livePreviews: hasProgress ? livePreviewsOf(options, traits.livePreviews) : { kind: 'none' },
    hasInterrupt: interrupt === true,
    hasSkip: skip === true,
    hasMemory: memory === true,
    hasFaceRestoration: (restorers ?? []).length > 0,
    hasVariations,
    hasHires,
    canSave: saving !== null,
    canFreeMemory,
    canRestartItself: restart === true,
    outputDirectory: outputDirectory(outdir, flags, listed),
    maxInFlight,
    // Else SD.Next picks a seed of its own for every image but the first (webui-api.md 6).
    limits: options.sequential_seed === false ? { ...limits, batchSize: 1, batchCount: 1 } : limits,
    isOutputFollowable: isFollowable(options),
  };
  const isAtWork = progress?.ok === true && toProgress(progress.value, traits.idleSign).isRunning;
  return { ok: true, value: { webUi, options, isAtWork, canRefresh: refresh === true } };
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
  return isAnswering(await getJson(peer, { path, signal }, schema));
}

function isAnswering(result: Result<unknown>): boolean {
  return result.ok || !['api-off', 'invalid-answer', 'unauthorised'].includes(result.failure.kind);
}

function toCheckpoint(wire: {
  readonly title: string;
  readonly model_name: string;
  readonly hash: string | null;
  readonly filename: string | null;
}): Checkpoint {
  return { title: wire.title, name: wire.model_name, hash: wire.hash, filename: wire.filename };
}
