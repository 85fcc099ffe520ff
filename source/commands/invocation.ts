import type { Environment } from '../settings/environment.ts';
import type { Flags } from './flags.ts';
import type { Output } from './output.ts';

/** One start of the program, as a command gets it. */
export type Invocation = {
  /** The words after the command's own. */
  readonly input: readonly string[];
  readonly flags: Flags;
  readonly environment: Environment;
  readonly output: Output;
  /** Of this program. */
  readonly version: string;
};

/** Every command is a module that exports `perform`; it resolves to the exit code. */
export type Perform = (invocation: Invocation) => Promise<number>;
