import type { Plugin } from 'rolldown';

const lazySegmenter = new URL('../source/ui/text/lazy-segmenter.ts', import.meta.url).pathname;
const use = /\bnew Intl\.Segmenter\(/g;

/**
 * Gives the bundled packages our segmenter: the first `Intl.Segmenter` of a process takes 18 ms to load its tables, and Ink's tokeniser has
 * each line of each frame go through one.
 */
export function segmenterWhenNeeded(): Plugin {
  let count = 0;
  return {
    name: 'segmenter-when-needed',
    buildStart() {
      count = 0;
    },
    transform: {
      filter: { id: /node_modules/, code: use },
      handler(code) {
        count++;
        const imported = `import { LazySegmenter as SegmenterWhenNeeded } from ${JSON.stringify(lazySegmenter)};`;
        return `${imported}\n${code.replace(use, 'new SegmenterWhenNeeded(')}`;
      },
    },
    buildEnd(error) {
      if (!error && count === 0) throw new Error('No bundled package makes an Intl.Segmenter any more.');
    },
  };
}
