import { homedir } from 'node:os';
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

/** Where the compiled program is kept for the next start. */
export function compiledDirectory(environment: Environment): string {
  return join(xdgDirectory(environment, 'XDG_CACHE_HOME', '.cache'), 'sdloop', 'compiled');
}

function xdgDirectory(environment: Environment, variable: string, belowHome: string): string {
  const value = environment[variable];
  return value && isAbsolute(value) ? value : join(environment.HOME || homedir(), belowHome);
}
