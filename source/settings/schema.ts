import * as v from 'valibot';
import { type NumericParameter, parameterLimits } from '../generation/parameters.ts';
import { maxSeed, parseSeedChoice } from '../generation/seed.ts';
import { parseByteCount } from './byte-count.ts';
import { readHeaderLines } from './header-lines.ts';
import { parseWireLimit } from './parse-wire-limit.ts';
import { parsePercent } from './read-percent.ts';
import { parseSpan } from './read-span.ts';
import type { SettingName } from './setting-names.ts';

/** Each message goes on from the setting's name: "--steps must be a whole number from 1 to 150". */
export const settingSchemas = {
  url: v.pipe(v.string(), v.check(isWebAddress, 'must be an http or https address such as 127.0.0.1:7860')),
  auth: v.pipe(v.string(), v.regex(/^[^:]+:/, 'must be written user:password')),
  token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]+$/, 'must be a token without spaces')),
  headers: v.pipe(
    v.string(),
    v.check(
      (text) => readHeaderLines(text) !== null,
      'must be headers, one a line, each written "Name: value"',
    ),
  ),
  authFile: filledText('must name a file'),
  caFile: filledText('must name a file with certificates (PEM)'),
  clientCert: filledText('must name a file with a certificate (PEM)'),
  clientKey: filledText('must name a file with a private key (PEM)'),
  insecure: v.boolean('must be true or false'),
  model: filledText('must name a model (sdloop models lists them)'),
  prompt: v.string(),
  negativePrompt: v.string(),
  width: limited('width'),
  height: limited('height'),
  steps: limited('steps'),
  sampler: filledText('must name a sampler (sdloop samplers lists them)'),
  scheduler: filledText('must name a scheduler (sdloop samplers lists them)'),
  cfgScale: limited('cfgScale'),
  batchSize: limited('batchSize'),
  batchCount: limited('batchCount'),
  seed: v.pipe(
    v.string(),
    v.check(
      (text) => parseSeedChoice(text) !== null,
      `must be random, a whole number up to ${maxSeed} to count up from, or =NUMBER for the same seed each time`,
    ),
  ),
  restoreFaces: v.boolean('must be true or false'),
  outputDir: filledText('must name a directory'),
  save: oneOf(['auto', 'server', 'client']),
  minFree: v.pipe(
    v.string(),
    v.check(
      (text) => parseByteCount(text) !== null,
      'must be an amount of space such as 2GB or 500MB; 0 sets no floor',
    ),
  ),
  allowSmaller: v.boolean('must be true or false'),
  wireLimit: v.pipe(
    v.string(),
    v.check((text) => parseWireLimit(text) !== null, 'must be a time from 10s to 60m, such as 100s'),
  ),
  resumeAfterCrash: v.boolean('must be true or false'),
  restartCommand: filledText('must be a command that starts the WebUI, such as "./webui.sh --api"'),
  restartPatience: v.pipe(
    v.string(),
    v.check((text) => parseSpan(text) !== null, 'must be a length of time such as 90s, 10m or 1h'),
  ),
  restartWhenRam: v.pipe(
    v.string(),
    v.check((text) => parsePercent(text) !== null, 'must be a percentage from 10% to 99%'),
  ),
  color: oneOf(['auto', 'always', 'never']),
  pictures: oneOf(['auto', 'kitty', 'sixel', 'iterm2', 'blocks', 'off']),
} satisfies Record<SettingName, v.GenericSchema>;

/** Values as the settings file holds them; a name that nothing decides is absent. */
export type Settings = { readonly [Name in SettingName]?: v.InferOutput<(typeof settingSchemas)[Name]> };

function filledText(message: string) {
  return v.pipe(
    v.string(message),
    v.check((text) => text.trim() !== '', message),
  );
}

function oneOf<const Choices extends readonly string[]>(choices: Choices) {
  return v.picklist(choices, `must be ${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`);
}

function limited(parameter: NumericParameter) {
  const { min, max, isInteger } = parameterLimits[parameter];
  const message = `must be a ${isInteger ? 'whole number' : 'number'} from ${min} to ${max}`;
  return v.pipe(
    v.number(message),
    v.check((value) => value >= min && value <= max && (!isInteger || Number.isInteger(value)), message),
  );
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
}
