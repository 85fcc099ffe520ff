/** What the infotext of one image tells. */
export type InfotextParts = {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly steps: number;
  readonly sampler: string;
  /** Null where the family does not tell it. */
  readonly scheduleType: string | null;
  readonly cfgScale: number;
  readonly seed: number;
  readonly faceRestoration: string | null;
  /** The first pass, as asked for: not rounded like the picture (captures/forge/59). */
  readonly width: number;
  readonly height: number;
  readonly modelHash: string | null;
  readonly modelName: string;
  readonly clipSkip: number;
  /** Null unless a second seed has a part in the noise. */
  readonly variation: { readonly subseed: number; readonly strength: number } | null;
  readonly hires: {
    readonly denoisingStrength: number;
    readonly scale: number;
    readonly upscaler: string;
  } | null;
};

/** Stands where A1111 writes its version, so that nobody takes a picture for diffusion. */
export const demoVersion = 'sdloop-demo';

/** The parameters as A1111 writes them into a picture, in its order (webui-api.md 9.7). */
export function createInfotext(parts: InfotextParts): string {
  const { hires } = parts;
  const values: [string, string | null][] = [
    ['Steps', String(parts.steps)],
    ['Sampler', parts.sampler],
    ['Schedule type', parts.scheduleType],
    ['CFG scale', pythonFloat(parts.cfgScale)],
    ['Seed', String(parts.seed)],
    ['Face restoration', parts.faceRestoration],
    ['Size', `${parts.width}x${parts.height}`],
    ['Model hash', parts.modelHash],
    ['Model', parts.modelName],
    ['Variation seed', parts.variation && String(parts.variation.subseed)],
    ['Variation seed strength', parts.variation && String(parts.variation.strength)],
    ['Denoising strength', hires && String(hires.denoisingStrength)],
    ['Clip skip', parts.clipSkip > 1 ? String(parts.clipSkip) : null],
    ['Hires upscale', hires && pythonFloat(hires.scale)],
    ['Hires upscaler', hires?.upscaler ?? null],
    ['Version', demoVersion],
  ];
  const line = values
    .filter((pair): pair is [string, string] => pair[1] !== null)
    .map(([key, value]) => `${key}: ${quote(value)}`)
    .join(', ');
  const negative = parts.negativePrompt === '' ? '' : `\nNegative prompt: ${parts.negativePrompt}`;
  return `${parts.prompt}${negative}\n${line}`;
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

function quote(value: string): string {
  return /[,:\n]/.test(value) ? JSON.stringify(value) : value;
}
