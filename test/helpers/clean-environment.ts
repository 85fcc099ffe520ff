import { join, resolve } from 'node:path';

/** Shared by all tests, as a person's second start finds what the first has compiled. */
const compiledDirectory = resolve(import.meta.dirname, '../../node_modules/.cache/sdloop-compiled');

/**
 * The environment for a program under test: of the tester's own only what finds programs, and a home of its own.
 * Named one by one because a left-over CI, NODE_ENV, NO_COLOR, TMUX or LC_ALL changes what a terminal program does.
 */
export function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_STATE_HOME: join(home, '.local/state'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    // A benchmark measures the program's own.
    ...(process.env.VITEST === undefined ? {} : { NODE_COMPILE_CACHE: compiledDirectory }),
  };
}
