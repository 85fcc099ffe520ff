import { defaultParameters } from '../generation/parameters.ts';
import type { Settings } from './schema.ts';

/** Where a setting can come from; each layer holds only what it decides. */
export type Layers = {
  readonly flags: Settings;
  readonly environment: Settings;
  /** What the screen was last used with; empty for `run`, so that scripts do not change with the screen's use. */
  readonly lastUsed: Settings;
  readonly file: Settings;
};

/** Prompt, sampler and scheduler have no default: the first must be given, the others depend on the WebUI. */
const { prompt: _prompt, sampler: _sampler, scheduler: _scheduler, ...parameters } = defaultParameters;

export const defaultSettings = {
  ...parameters,
  url: 'http://127.0.0.1:7860',
  seed: 'random',
  save: 'auto',
  minFree: '2GB',
  allowSmaller: false,
  resumeAfterCrash: true,
  restartPatience: '10m',
  color: 'auto',
} as const satisfies Settings;

/** Every setting that has a default, and those of the others that something decides. */
export type ResolvedSettings = Settings & {
  readonly [Name in keyof typeof defaultSettings]: NonNullable<Settings[Name]>;
};

/** The one place where precedence is decided. */
export function resolveSettings(layers: Layers): ResolvedSettings {
  const { flags, environment, lastUsed, file } = layers;
  return withWhatIsForItsAddress(layers, {
    ...defaultSettings,
    ...file,
    ...lastUsed,
    ...environment,
    ...flags,
  });
}

/** Credentials and the command that are kept in the file are for the address kept beside them, and never used for another. */
function withWhatIsForItsAddress(
  { flags, environment, file }: Layers,
  resolved: ResolvedSettings,
): ResolvedSettings {
  if (resolved.url === (file.url ?? defaultSettings.url)) return resolved;
  const { auth: _auth, restartCommand: _restartCommand, ...rest } = resolved;
  const auth = flags.auth ?? environment.auth;
  const restartCommand = flags.restartCommand ?? environment.restartCommand;
  return {
    ...rest,
    ...(auth === undefined ? {} : { auth }),
    ...(restartCommand === undefined ? {} : { restartCommand }),
  };
}
