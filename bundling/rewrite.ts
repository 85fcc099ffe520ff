import type { Plugin } from 'rolldown';

/** Rewrites parts of a package's file; throws where one is not there, since a new version must be looked at again. */
export function rewrite(name: string, id: RegExp, parts: readonly (readonly [RegExp, string])[]): Plugin {
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
