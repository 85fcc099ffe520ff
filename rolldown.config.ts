import { defineConfig, type Plugin } from 'rolldown';

const bundledStringWidth = new URL('source/ui/text/bundled-string-width.ts', import.meta.url).pathname;

/**
 * Gives the bundled packages our measuring of text: on a ticking screen of 120x40 it takes a quarter off the main thread's time, and the
 * copies of `string-width` that Ink's dependencies bring stay out of the bundle.
 */
const measureOnce: Plugin = {
  name: 'measure-once',
  resolveId: (id, importer) =>
    id === 'string-width' && importer?.includes('/node_modules/') ? bundledStringWidth : null,
};

/**
 * V8 takes 15 ms for the Unicode classes in `string-width`'s expressions, and a screen without emoji or ideographs needs none of them: each is
 * made when it is first used.
 */
const unicodeClassesWhenUsed: Plugin = {
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

/**
 * Yoga reads its WebAssembly from a `data:` address with `fetch` where there is one, and the first use of Node's makes it load
 * its whole HTTP stack: 40 ms before the first frame. Without it Yoga decodes the text itself, which Node does without a loop.
 */
const yogaWithoutFetch = rewrite('yoga-without-fetch', /yoga-wasm-base64/, [
  [/typeof fetch/g, '"undefined"'],
  [/if\(ua\(a\)\)try\{var b=xa\(a\.slice\(37\)\)/, 'if(ua(a))return Buffer.from(a.slice(37),"base64");$&'],
]);

/**
 * Meow reads and normalises a package.json where it is given none. We give one, and what that takes, with its tables of licenses and
 * hosts, is set up all the same when meow is loaded: most of its 20 ms, if it is not left out.
 */
const meowWithoutPackageReading = [
  rewrite('meow-is-given-its-package', /meow\/build\/options\.js$/, [
    [
      /^import \{[^}]*\} from '\.\/dependencies\.js';$/m,
      'const readPackageUpSync = () => {}, normalizePackageData = () => {};',
    ],
  ]),
  rewrite('meow-sets-up-what-it-uses', /meow\/build\/dependencies\.js$/, [
    [/^((?:var|const) \w+ = )((?:require[\w$]+|getDefaultExportFromCjs)\()/gm, '$1/* @__PURE__ */ $2'],
    [/^promisify\(execFile\);$/m, ''],
  ]),
];

/** We check what conf keeps with our own schemas and give it none, so that it never makes the validator that is most of its size. */
const confWithoutValidator = rewrite('conf-without-validator', /conf\/dist\/source\/index\.js$/, [
  [/^import .* from 'ajv\/dist\/2020\.js';$/m, 'const Ajv = null;'],
  [/^import ajvFormatsModule from 'ajv-formats';$/m, 'const ajvFormatsModule = null;'],
]);

/**
 * Of undici what `webui/` imports from it: its `fetch`, WebSocket, caches and mocks, and Node's HTTP/2, which `allowH2: false` never uses,
 * are half of the 40 ms that loading it takes.
 */
const undiciThatIsUsed: Plugin[] = [
  {
    name: 'undici-that-is-used',
    resolveId: (id) => (id === 'undici' ? `\0${id}` : null),
    load: (id) =>
      id === '\0undici'
        ? `
          import api from 'undici/lib/api/index.js';
          import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
          Object.assign(Dispatcher.prototype, api);
          export { default as Pool } from 'undici/lib/dispatcher/pool.js';
          export { default as buildConnector } from 'undici/lib/core/connect.js';
          export { default as errors } from 'undici/lib/core/errors.js';
        `
        : null,
  },
  rewrite('undici-without-http2', /undici\/lib\/dispatcher\/client\.js$/, [
    [/require\('\.\/client-h2\.js'\)/, 'null'],
  ]),
];

/**
 * Ink forgets between frames which characters and styles each line has, and finding them is most of a frame's work and of its garbage.
 * This keeps those of the lines that the frame before had too.
 */
const linesOfTheFrameBefore = rewrite('lines-of-the-frame-before', /ink\/build\/output\.js$/, [
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

/**
 * One entry and lazy chunks: `--version`, `models`, `run` never load Ink or React, and production React is compiled in
 * (React's development build costs 1.6 times the CPU on a ticking screen).
 */
export default defineConfig({
  input: { cli: 'source/cli.tsx' },
  platform: 'node',
  external: ['sharp'],
  plugins: [
    measureOnce,
    unicodeClassesWhenUsed,
    linesOfTheFrameBefore,
    yogaWithoutFetch,
    ...meowWithoutPackageReading,
    confWithoutValidator,
    ...undiciThatIsUsed,
  ],
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  resolve: {
    alias: {
      // Ink loads the devtools only when DEV=true, and rolldown must not go looking for a package that is not installed.
      'react-devtools-core': new URL('source/ui/no-devtools.ts', import.meta.url).pathname,
      'restore-cursor': new URL('source/ui/terminal/restore-cursor.ts', import.meta.url).pathname,
      'when-exit': new URL('source/settings/when-exit.ts', import.meta.url).pathname,
    },
  },
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: true,
    cleanDir: true,
  },
});

/** Rewrites parts of a package's file; throws where one is not there, since a new version must be looked at again. */
function rewrite(name: string, id: RegExp, parts: readonly (readonly [RegExp, string])[]): Plugin {
  return {
    name,
    transform: {
      filter: { id },
      handler: (code) =>
        parts.reduce((text, [pattern, replacement]) => {
          if (!text.match(pattern)) throw new Error(`${name} does not find ${pattern}.`);
          return text.replace(pattern, replacement);
        }, code),
    },
  };
}
