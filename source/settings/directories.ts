import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Environment } from './environment.ts';

/** The settings file's directory (XDG Base Directory: a relative XDG_CONFIG_HOME is to be ignored). */
export function configDirectory(environment: Environment): string {
  return join(xdgDirectory(environment, 'XDG_CONFIG_HOME', '.config'), 'sdloop');
}

/** Where the built-in WebUI keeps its pictures, so that the next demo finds them again. */
export function demoDirectory(environment: Environment): string {
  return join(xdgDirectory(environment, 'XDG_DATA_HOME', '.local/share'), 'sdloop', 'demo');
}

/** Where a profile's ledger and log are kept, so that a loop is still known after its runner or the machine went down. */
export function stateDirectory(environment: Environment, profile: string): string {
  return join(xdgDirectory(environment, 'XDG_STATE_HOME', '.local/state'), 'sdloop', profile);
}

/** Where the compiled program is kept for the next start. */
export function compiledDirectory(environment: Environment): string {
  return join(xdgDirectory(environment, 'XDG_CACHE_HOME', '.cache'), 'sdloop', 'compiled');
}

/** Where pictures are kept as the terminal is sent them. */
export function picturesDirectory(environment: Environment): string {
  return join(xdgDirectory(environment, 'XDG_CACHE_HOME', '.cache'), 'sdloop', 'pictures');
}

/**
 * Where the runner's socket may be, the best first. The XDG Base Directory specification lets a program go elsewhere where there is no
 * XDG_RUNTIME_DIR, as in a cron job.
 */
export function runtimeDirectories(environment: Environment): readonly string[] {
  const value = environment.XDG_RUNTIME_DIR;
  const fallback = join(tmpdir(), `sdloop-${process.getuid?.() ?? 0}`);
  return value && isAbsolute(value) ? [join(value, 'sdloop'), fallback] : [fallback];
}

function xdgDirectory(environment: Environment, variable: string, belowHome: string): string {
  const value = environment[variable];
  return value && isAbsolute(value) ? value : join(environment.HOME || homedir(), belowHome);
}
