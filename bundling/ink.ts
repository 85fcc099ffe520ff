import { rewrite } from './rewrite.ts';

/**
 * Ink forgets between frames which characters and styles each line has, and finding them is most of a frame's work and of its garbage.
 * This keeps those of the lines that the frame before had too.
 */
export const linesOfTheFrameBefore = rewrite('lines-of-the-frame-before', /ink\/build\/output\.js$/, [
  [/styledChars = new Map\(\);/, 'styledChars = keepingThoseBefore();'],
  [
    /$(?![\s\S])/,
    `
    let newest = new Map();
    function keepingThoseBefore() {
      const before = newest;
      const now = (newest = new Map());
      return {
        get(line) {
          const known = now.get(line) ?? before.get(line);
          if (known !== undefined) now.set(line, known);
          return known;
        },
        set: (line, characters) => now.set(line, characters),
      };
    }
    `,
  ],
]);
