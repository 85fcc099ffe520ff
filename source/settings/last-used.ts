import type { GenerationParameters } from '../generation/parameters.ts';
import { formatSeedChoice, parseSeedChoice } from '../generation/seed.ts';
import type { Plan } from '../plan/plan.ts';
import type { ResolvedSettings } from './resolve.ts';
import type { Settings } from './schema.ts';
import type { SettingsFile } from './settings-file.ts';

const maxPromptHistoryLength = 200;

/** Keeps what a loop is started with, for the next start; the goal belongs to one run. */
export function rememberPlan(plan: Plan): (file: SettingsFile) => Partial<SettingsFile> {
  return (file) => ({
    lastUsed: settingsOf(plan),
    promptHistory: withPrompt(file.promptHistory, plan.parameters.prompt),
  });
}

/** Keeps the address that answered, with the user and password that belong to it; what belonged to another address goes. */
export function rememberAddress(
  url: string,
  auth: string | null,
): (file: SettingsFile) => Partial<SettingsFile> {
  return ({ settings: { auth: _auth, ...settings } }) => {
    const { token: _token, headers: _headers, authFile: _file, insecure: _insecure, ...others } = settings;
    const { clientCert: _cert, clientKey: _key, ...bare } = others;
    const kept = settings.url === url ? settings : bare;
    return { settings: { ...kept, url, ...(auth === null ? {} : { auth }) } };
  };
}

/** Keeps where images go (absolute), for `sdloop images`. */
export function rememberDirectory(directory: string): () => Partial<SettingsFile> {
  return () => ({ lastImageDirectory: directory });
}

/** What a loop would generate with these settings; the checkpoint is as a person wrote it. */
export function planParameters(settings: ResolvedSettings): GenerationParameters {
  const { prompt, negativePrompt, width, height, steps, cfgScale, batchSize, batchCount, restoreFaces } =
    settings;
  return {
    prompt: prompt ?? '',
    negativePrompt,
    width,
    height,
    steps,
    sampler: settings.sampler ?? null,
    scheduler: settings.scheduler ?? null,
    cfgScale,
    batchSize,
    batchCount,
    restoreFaces,
  };
}

/** The plan that these settings describe, or null while a model or a prompt is missing. */
export function planOf(settings: ResolvedSettings, goal: Plan['goal']): Plan | null {
  const seed = parseSeedChoice(settings.seed);
  if (settings.model === undefined || settings.prompt === undefined || seed === null) return null;
  return { checkpoint: settings.model, parameters: planParameters(settings), seed, goal };
}

function settingsOf({ checkpoint, parameters, seed }: Plan): Settings {
  const { sampler, scheduler, ...rest } = parameters;
  return {
    ...rest,
    model: checkpoint,
    seed: formatSeedChoice(seed),
    ...(sampler === null ? {} : { sampler }),
    ...(scheduler === null ? {} : { scheduler }),
  };
}

function withPrompt(history: readonly string[], prompt: string): readonly string[] {
  if (prompt.trim() === '') return history;
  return [prompt, ...history.filter((earlier) => earlier !== prompt)].slice(0, maxPromptHistoryLength);
}
