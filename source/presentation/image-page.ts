import { formatBytes } from './byte-counts.ts';
import { checkpointName } from './checkpoint-name.ts';
import type { Choice } from './choosing.ts';
import { formatDayTime } from './clock-time.ts';
import { escapeHtml } from './escape-html.ts';
import type { ImageFacts } from './image-facts.ts';
import { formatCounted } from './numbers.ts';

/** An image as a page shows it; null for what is not known. */
export type PageImage = Omit<ImageFacts, 'path' | 'generation' | 'durationMs' | 'version'> & {
  readonly name: string;
  readonly choice: Choice;
  /** Null for a file that is gone or that cannot be decoded. */
  readonly thumbnail: { readonly dataUri: string; readonly width: number; readonly height: number } | null;
};

/** The parts of a page of images, one HTML file that needs nothing else and runs nothing: images come between its head and its foot. */
export function imagePageHead(facts: { readonly title: string; readonly at: number }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(facts.title)}</title>
<style>${style}</style>
</head>
<body>
<h1>${escapeHtml(facts.title)}</h1>
<p class="quiet">${escapeHtml(`As of ${formatDayTime(facts.at).trim()}, newest first.`)}</p>
<main>
`;
}

/** One image; its parameters unfold below it. */
export function imagePageItem(image: PageImage): string {
  const { name, prompt, negativePrompt, thumbnail } = image;
  const picture =
    thumbnail === null
      ? '<div class="none">cannot be shown</div>'
      : `<img src="${escapeHtml(thumbnail.dataUri)}" width="${thumbnail.width}" height="${thumbnail.height}" loading="lazy" alt="${escapeHtml(prompt ?? name)}">`;
  const facts = factsOf(image).map(
    ([label, text]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>`,
  );
  return `<figure>${picture}<figcaption><b>${escapeHtml(image.seed === null ? name : String(image.seed))}</b>${starsOf(image.choice)}
<p>${escapeHtml(prompt ?? '')}</p>${negativePrompt ? `<p class="quiet">${escapeHtml(negativePrompt)}</p>` : ''}
<details><summary>${escapeHtml(name)}</summary><dl>${facts.join('')}</dl></details></figcaption></figure>
`;
}

/** `leftOut` is a sentence about images that are not on the page, or null. */
export function imagePageFoot(facts: { readonly count: number; readonly leftOut: string | null }): string {
  const words = [
    `${formatCounted(facts.count, 'image')}.`,
    ...(facts.leftOut === null ? [] : [facts.leftOut]),
  ];
  return `</main>
<p class="quiet">${escapeHtml(words.join(' '))}</p>
</body>
</html>
`;
}

function starsOf({ verdict, stars }: Choice): string {
  if (verdict === 'undecided') return '';
  const words = verdict === 'rejected' ? 'rejected' : stars === 0 ? 'kept' : '★'.repeat(stars);
  return ` <span class="stars">${words}</span>`;
}

function factsOf(image: PageImage): (readonly [label: string, text: string])[] {
  const { checkpoint, sampler, scheduler, steps, cfgScale, width, height, byteCount, savedAt } = image;
  const facts: readonly (readonly [string, string | null])[] = [
    ['checkpoint', checkpoint === null ? null : checkpointName(checkpoint)],
    ['sampler', sampler === null ? null : [sampler, scheduler].filter((part) => part !== null).join(', ')],
    ['steps', steps === null ? null : String(steps)],
    ['CFG scale', cfgScale === null ? null : String(cfgScale)],
    ['size', width === null || height === null ? null : `${width}x${height}, ${formatBytes(byteCount)}`],
    ['saved', formatDayTime(savedAt).trim()],
  ];
  return facts.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const]));
}

const style = `
:root { color-scheme: light dark; --quiet: #777; --star: #b8860b; --line: #8884; }
@media (prefers-color-scheme: dark) { :root { --quiet: #999; --star: #f0c040; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.3rem; margin: 0; } .quiet { color: var(--quiet); } .stars { color: var(--star); }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
img { display: block; width: 100%; height: auto; } .none { padding: 3rem 1rem; text-align: center; color: var(--quiet); }
figcaption { padding: .5rem .7rem; } figcaption p { margin: .3rem 0; max-height: 6rem; overflow: auto; white-space: pre-wrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .7rem; margin: .3rem 0; } dt { color: var(--quiet); } dd { margin: 0; }
summary { color: var(--quiet); cursor: pointer; }
`;
