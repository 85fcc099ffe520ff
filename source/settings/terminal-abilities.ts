import type { Environment } from './environment.ts';

/** What the stream that we draw on can show. */
export type TerminalAbilities = {
  readonly hasColour: boolean;
  readonly hasUnicode: boolean;
  readonly isInteractive: boolean;
};

/** `--color` first, then NO_COLOR (no-color.org) and FORCE_COLOR, then what the stream is. */
export function terminalAbilities(
  environment: Environment,
  stream: { readonly isTTY?: boolean | undefined },
  colour: 'auto' | 'always' | 'never',
): TerminalAbilities {
  const isDumb = environment.TERM === 'dumb';
  const isInteractive = stream.isTTY === true && !isDumb;
  return {
    hasColour: colour === 'auto' ? wantsColour(environment, isInteractive) : colour === 'always',
    hasUnicode: !isDumb && isUtf8(environment),
    isInteractive,
  };
}

function wantsColour(environment: Environment, isInteractive: boolean): boolean {
  if (environment.NO_COLOR) return false;
  const force = environment.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isInteractive;
}

/** Locale variables in POSIX order; none at all (containers, bare SSH) means a modern terminal, `C` means what it says. */
function isUtf8(environment: Environment): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG;
  return !locale || /utf-?8/i.test(locale);
}
