import { formatPairs, parsePairs } from './infotext-pairs.ts';

/** What a WebUI writes into an image about how it was made (webui-api.md 9.7); null for what the text does not say. */
export type Infotext = {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps: number | null;
  readonly sampler: string | null;
  readonly scheduler: string | null;
  readonly cfgScale: number | null;
  readonly seed: number | null;
  /** Pixels of the first pass; the file may be larger. */
  readonly width: number | null;
  readonly height: number | null;
  readonly modelHash: string | null;
  readonly model: string | null;
  readonly version: string | null;
  /** Every other `key: value`, in the text's order. */
  readonly others: ReadonlyMap<string, string>;
};

const negativeMark = 'Negative prompt:';

/**
 * Reads an infotext; whatever it holds, nothing throws. Three things the format itself cannot tell apart: a line of the prompt that
 * starts with `Negative prompt:` begins the negative prompt; white space around the whole text is lost; and a text without
 * parameters whose last line looks like three of them loses that line from its prompt.
 */
export function parseInfotext(text: string): Infotext {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n');
  const pairs = parsePairs(lines.at(-1) ?? '');
  const hasParameters = pairs.size >= 3;
  const { prompt, negativePrompt } = splitPrompts(hasParameters ? lines.slice(0, -1) : lines);
  const others = new Map(hasParameters ? pairs : []);
  const take = (key: string): string | null => {
    const value = others.get(key) ?? null;
    others.delete(key);
    return value;
  };
  const size = /^(\d{1,6})x(\d{1,6})$/.exec(others.get('Size') ?? '');
  if (size) others.delete('Size');
  return {
    prompt,
    negativePrompt,
    steps: toInteger(take('Steps')),
    sampler: take('Sampler'),
    scheduler: take('Schedule type'),
    cfgScale: toNumber(take('CFG scale')),
    seed: toInteger(take('Seed')),
    width: size ? Number(size[1]) : null,
    height: size ? Number(size[2]) : null,
    modelHash: take('Model hash'),
    model: take('Model'),
    version: take('Version'),
    others,
  };
}

/** Writes an infotext as A1111 1.10 does, key order and quoting included; with three parameters or more it can be read back. */
export function formatInfotext(infotext: Infotext): string {
  const { prompt, negativePrompt, width, height, cfgScale } = infotext;
  const others = new Map(infotext.others);
  const faceRestoration = others.get('Face restoration') ?? null;
  others.delete('Face restoration');
  const parameters = formatPairs([
    ['Steps', toText(infotext.steps)],
    ['Sampler', infotext.sampler],
    ['Schedule type', infotext.scheduler],
    // Python writes a whole float as 7.0.
    ['CFG scale', Number.isInteger(cfgScale) ? `${cfgScale}.0` : toText(cfgScale)],
    ['Seed', toText(infotext.seed)],
    ['Face restoration', faceRestoration],
    ['Size', width === null || height === null ? null : `${width}x${height}`],
    ['Model hash', infotext.modelHash],
    ['Model', infotext.model],
    ...others,
    ['Version', infotext.version],
  ]);
  const negative = negativePrompt === '' ? '' : `\n${negativeMark} ${negativePrompt}`;
  return `${prompt}${negative}\n${parameters}`.trim();
}

function splitPrompts(lines: readonly string[]): { prompt: string; negativePrompt: string } {
  const mark = lines.findIndex((line) => line.startsWith(negativeMark));
  if (mark < 0) return { prompt: lines.join('\n'), negativePrompt: '' };
  const negative = lines.slice(mark).join('\n').slice(negativeMark.length);
  return { prompt: lines.slice(0, mark).join('\n'), negativePrompt: negative.replace(/^ /, '') };
}

function toText(value: number | null): string | null {
  return value === null ? null : String(value);
}

function toInteger(text: string | null): number | null {
  return text !== null && /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

function toNumber(text: string | null): number | null {
  return text !== null && /^-?\d{1,15}(?:\.\d{1,15})?$/.test(text) ? Number(text) : null;
}
