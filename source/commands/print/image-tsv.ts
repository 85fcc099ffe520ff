import { cleanText } from '../../presentation/clean-text.ts';
import type { ListedImage } from '../list-images.ts';

/** The columns of `--tsv`, in order; each makes its cell. */
const columns: Readonly<Record<string, (image: ListedImage) => string | number | null>> = {
  savedAt: ({ savedAt }) => new Date(savedAt).toISOString(),
  seed: ({ seed }) => seed,
  generation: ({ generation }) => generation,
  width: ({ width }) => width,
  height: ({ height }) => height,
  bytes: ({ byteCount }) => byteCount,
  durationMs: ({ durationMs }) => (durationMs === null ? null : Math.round(durationMs)),
  checkpoint: ({ checkpoint }) => checkpoint,
  sampler: ({ sampler }) => sampler,
  scheduler: ({ scheduler }) => scheduler,
  steps: ({ steps }) => steps,
  cfgScale: ({ cfgScale }) => cfgScale,
  version: ({ version }) => version,
  path: ({ path }) => path,
  prompt: ({ prompt }) => prompt,
  negativePrompt: ({ negativePrompt }) => negativePrompt,
  verdict: ({ choice }) => choice.verdict,
  stars: ({ choice }) => choice.stars,
};

export const tsvHeader = Object.keys(columns).join('\t');

/** A line of `--tsv`; what is not known is an empty cell. */
export function imageTsv(image: ListedImage): string {
  return Object.values(columns)
    .map((cell) => escapeCell(String(cell(image) ?? '')))
    .join('\t');
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** Tabs, line ends and backslashes as `\t`, `\n`, `\r` and `\\`, so that they can be had back; other controls are dropped. */
function escapeCell(text: string): string {
  return cleanText(text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? ''));
}
