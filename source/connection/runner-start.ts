import { isAbsolute } from 'node:path';
import type { Readable } from 'node:stream';
import * as v from 'valibot';
import type { LoopPolicy } from '../engine/loop-policy.ts';
import type { Access } from '../generation/access.ts';
import type { Plan } from '../plan/plan.ts';
import { accessSchema, authSchema, urlSchema } from './address-schema.ts';
import { planSchema } from './plan-schema.ts';
import { clientLineLimit } from './protocol.ts';
import { readLine } from './read-line.ts';

/**
 * Everything that a runner's process is started with. It comes over its standard input, since arguments and environment can be read by
 * others.
 */
export type RunnerStart = {
  readonly address: { readonly url: string; readonly auth: string | null; readonly access?: Access };
  readonly saving: {
    readonly choice: 'auto' | 'server' | 'client';
    /** Absolute; null when none was named. */
    readonly outputDirectory: string | null;
  };
  /** Where the person was who started it, absolute: relative directories are meant from there. The process itself stays in `/`. */
  readonly workingDirectory: string;
  readonly isDemo: boolean;
  /** What the built-in WebUI plays; null for the usual. */
  readonly demoFamily: string | null;
  /** What to generate at once; null waits for a screen, or goes on with what the last runner left. */
  readonly plan: Plan | null;
  /** The loop rests while less is free on the disk with the images, bytes; 0 for no floor. */
  readonly minFreeBytes: number;
  /** What is done about failures. */
  readonly policy: LoopPolicy;
  /** Whether a loop that was cut off while it was generating goes on by itself; otherwise it comes back paused. */
  readonly resumesAfterCrash: boolean;
  readonly restart: {
    /** For `sh -c` in the working directory; null where the WebUI is not to be restarted. */
    readonly command: string | null;
    /** How long the WebUI may take to answer then, ms. */
    readonly patienceMs: number;
    /** The share of the machine's memory (0 to 1) from which on it is restarted between two generations; null for never. */
    readonly whenRamShare: number | null;
  };
};

const directory = v.pipe(v.string(), v.maxLength(4096), v.check(isAbsolute));

const startSchema: v.GenericSchema<unknown, RunnerStart> = v.object({
  address: v.object({ url: urlSchema, auth: authSchema, access: v.exactOptional(accessSchema) }),
  saving: v.object({
    choice: v.picklist(['auto', 'server', 'client']),
    outputDirectory: v.nullable(directory),
  }),
  workingDirectory: directory,
  isDemo: v.boolean(),
  demoFamily: v.nullable(v.pipe(v.string(), v.maxLength(40))),
  plan: v.nullable(planSchema),
  minFreeBytes: v.pipe(v.number(), v.finite(), v.minValue(0)),
  policy: v.object({
    mayShrinkSize: v.boolean(),
    wireLimitMs: v.nullable(v.pipe(v.number(), v.minValue(1))),
  }),
  resumesAfterCrash: v.boolean(),
  restart: v.object({
    command: v.nullable(v.pipe(v.string(), v.maxLength(65_536))),
    patienceMs: v.pipe(v.number(), v.minValue(1)),
    whenRamShare: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  }),
});

/** Reads the input to its end; null when it is not what `startRunnerProcess` writes. */
export async function readRunnerStart(input: Readable): Promise<RunnerStart | null> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    byteCount += bytes.length;
    if (byteCount > clientLineLimit) return null;
    chunks.push(bytes);
  }
  return readLine(startSchema, Buffer.concat(chunks));
}
