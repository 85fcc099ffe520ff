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
  pictures: 'auto',
} as const satisfies Settings;

/** Every setting that has a default, and those of the others that something decides. */
export type ResolvedSettings = Settings & {
  readonly [Name in keyof typeof defaultSettings]: NonNullable<Settings[Name]>;
};

/** The one place where precedence is decided. */
export function resolveSettings(layers: Layers): ResolvedSettings {
  const { flags, environment, lastUsed, file } = layers;
  const resolved = { ...defaultSettings, ...file, ...lastUsed, ...environment, ...flags };
  const { auth: _auth, token: _token, authFile: _file, headers: _headers, ...others } = resolved;
  const { restartCommand: _restartCommand, clientCert: _cert, clientKey: _key, ...rest } = others;
  const { url } = resolved;
  return { ...rest, ...credentialsFor(url, layers), ...restartCommandFor(url, layers) };
}

/** The command that is kept in the file is for the address kept beside it: it would start another WebUI than the one that is asked. */
function restartCommandFor(
  url: string,
  { flags, environment, file }: Layers,
): Pick<Settings, 'restartCommand'> {
  const kept = url === (file.url ?? defaultSettings.url) ? file.restartCommand : undefined;
  const restartCommand = flags.restartCommand ?? environment.restartCommand ?? kept;
  return restartCommand === undefined ? {} : { restartCommand };
}

type CredentialSettings = Pick<
  Settings,
  'auth' | 'token' | 'authFile' | 'headers' | 'clientCert' | 'clientKey'
>;

/**
 * Credentials are for the address that is named beside them and are never sent to another: those in the file for the file's, those in
 * the environment for its own where it names one. One way to be let in replaces the others of the layers below it; a certificate and its key
 * come from one layer.
 */
function credentialsFor(url: string, { flags, environment, file }: Layers): CredentialSettings {
  const fileUrl = file.url ?? defaultSettings.url;
  const layers = [
    flags,
    ...(environment.url === undefined || environment.url === url ? [environment] : []),
    ...(fileUrl === url ? [file] : []),
  ];
  const way = layers.find(({ auth, token, authFile }) => (auth ?? token ?? authFile) !== undefined) ?? {};
  const { headers } = layers.find((layer) => layer.headers !== undefined) ?? {};
  const { clientCert, clientKey } =
    layers.find((layer) => (layer.clientCert ?? layer.clientKey) !== undefined) ?? {};
  const { auth, token, authFile } = way;
  return {
    ...(auth === undefined ? {} : { auth }),
    ...(token === undefined ? {} : { token }),
    ...(authFile === undefined ? {} : { authFile }),
    ...(headers === undefined ? {} : { headers }),
    ...(clientCert === undefined ? {} : { clientCert }),
    ...(clientKey === undefined ? {} : { clientKey }),
  };
}
