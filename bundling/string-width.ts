import type { Plugin } from 'rolldown';

const bundledStringWidth = new URL('../source/ui/text/bundled-string-width.ts', import.meta.url).pathname;

/**
 * Gives the bundled packages our measuring of text: on a ticking screen of 120x40 it takes a quarter off the main thread's time, and the
 * copies of `string-width` that Ink's dependencies bring stay out of the bundle.
 */
export const measureOnce: Plugin = {
  name: 'measure-once',
  resolveId: (id, importer) =>
    id === 'string-width' && importer?.includes('/node_modules/') ? bundledStringWidth : null,
};

/**
 * V8 takes 15 ms for the Unicode classes in `string-width`'s expressions, and a screen without emoji or ideographs needs none of them: each is
 * made when it is first used.
 */
export const unicodeClassesWhenUsed: Plugin = {
  name: 'unicode-classes-when-used',
  transform: {
    filter: { id: /node_modules\/string-width\/index\.js$/ },
    handler(code) {
      const made = [...code.matchAll(/^const (\w+) = (new RegExp\(.+\)|\/.+\/v);$/gm)];
      if (made.length === 0) throw new Error('string-width has no regular expressions to put off.');
      return made.reduce((text, [statement, name, expression]) => {
        const uses = new RegExp(`\\b${name}(?=[.)])`, 'g');
        return text.replace(statement, `let ${name};`).replace(uses, () => `(${name} ??= ${expression})`);
      }, code);
    },
  },
};
