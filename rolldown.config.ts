import { defineConfig } from 'rolldown';

/**
 * One entry and lazy chunks: `--version`, `models`, `run` never load Ink or React, and production React is compiled in
 * (React's development build costs 1.6 times the CPU on a ticking screen).
 */
export default defineConfig({
  input: { cli: 'source/cli.tsx' },
  platform: 'node',
  external: ['sharp'],
  transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  resolve: {
    // Ink loads the devtools only when DEV=true, and rolldown must not go looking for a package that is not installed.
    alias: { 'react-devtools-core': new URL('source/ui/no-devtools.ts', import.meta.url).pathname },
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
