/**
 * Everything that a flag, the environment or the settings file may decide; each is a flag of the same name but the `secretSettings`,
 * which a command line would show to everybody on the machine.
 */
export const settingNames = [
  'url',
  'auth',
  'token',
  'headers',
  'authFile',
  'caFile',
  'clientCert',
  'clientKey',
  'insecure',
  'model',
  'prompt',
  'negativePrompt',
  'width',
  'height',
  'steps',
  'sampler',
  'scheduler',
  'cfgScale',
  'batchSize',
  'batchCount',
  'seed',
  'restoreFaces',
  'outputDir',
  'save',
  'minFree',
  'allowSmaller',
  'wireLimit',
  'resumeAfterCrash',
  'restartCommand',
  'restartPatience',
  'restartWhenRam',
  'color',
  'pictures',
] as const;

/** Settings without a flag. */
export const secretSettings = ['token', 'headers'] as const satisfies readonly SettingName[];

export type SettingName = (typeof settingNames)[number];

export function isSettingName(name: string): name is SettingName {
  return (settingNames as readonly string[]).includes(name);
}

/** The way a setting or option is written on the command line: `negativePrompt` is `--negative-prompt`. */
export function flagOf(name: string): string {
  return `--${kebabCase(name)}`;
}

/** The environment variable that decides a setting: `negativePrompt` is `SDLOOP_NEGATIVE_PROMPT`. */
export function environmentVariableOf(name: SettingName): string {
  return `SDLOOP_${kebabCase(name).replaceAll('-', '_').toUpperCase()}`;
}

/** `batchSize` for `batch-size` and for `batchSize`, as people write a setting's name. */
export function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
