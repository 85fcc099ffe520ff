import { defineConfig } from 'rolldown';
import { chunkGroups } from './bundling/chunk-groups.ts';
import { confWithoutValidator } from './bundling/conf.ts';
import { linesOfTheFrameBefore } from './bundling/ink.ts';
import { meowWithoutPackageReading } from './bundling/meow.ts';
import { segmenterWhenNeeded } from './bundling/segmenter.ts';
import { measureOnce, unicodeClassesWhenUsed } from './bundling/string-width.ts';
import { undiciThatIsUsed } from './bundling/undici.ts';
import { yogaWithoutFetch } from './bundling/yoga.ts';

/**
 * One entry and lazy chunks: `--version`, `models`, `run` never load Ink or React, nor does a screen before its first frame. Production React
 * is compiled in (React's development build costs 1.6 times the CPU on a ticking screen).
 */
export default defineConfig({
  input: { cli: 'source/cli.tsx' },
  platform: 'node',
  external: ['sharp'],
  plugins: [
    measureOnce,
    unicodeClassesWhenUsed,
    segmenterWhenNeeded(),
    linesOfTheFrameBefore,
    yogaWithoutFetch,
    ...meowWithoutPackageReading,
    confWithoutValidator,
    ...undiciThatIsUsed,
  ],
  transform: {
    define: { 'process.env.NODE_ENV': '"production"' },
    // The oldest Node in `engines`, which knows no `using`.
    target: 'node22.19',
  },
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
    codeSplitting: { groups: chunkGroups },
  },
});
