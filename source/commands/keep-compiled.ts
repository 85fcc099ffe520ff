import nodeModule from 'node:module';
import { compiledDirectory } from '../settings/directories.ts';
import type { Environment } from '../settings/environment.ts';

/** Late enough that what a screen is drawn with has been compiled, soon enough that most runs come to it, ms. */
const writtenAfterMs = 3000;

/**
 * Has V8 keep what it compiles from now on for the next start, which then takes three quarters of the time. Node itself writes it only
 * at an orderly exit, and a loop that runs for ever may never come to one. Where the directory cannot be written, nothing is kept.
 */
export function keepCompiled(environment: Environment): void {
  nodeModule.enableCompileCache(compiledDirectory(environment));
  setTimeout(() => nodeModule.flushCompileCache(), writtenAfterMs).unref();
}
