import * as v from 'valibot';
import type { Failure } from '../generation/failure.ts';
import type { Peer } from './exchange.ts';
import { getJson } from './request-json.ts';
import { memorySchema, toMemoryUse, toOutOfMemoryCount } from './wire/memory.ts';

/** What a GPU holds beside a model that just fits differs; one that is fuller than this has no room for a generation. */
const fullShare = 0.95;

/** A line of the log this much older than its newest one is about another generation, s. */
const recentSeconds = 60;

const outOfMemoryWords = /out of memory|OutOfMemory|not enough memory/i;

/** SD.Next's log: texts that look like JSON objects, oldest first; not all of them are valid. */
const logSchema = v.array(v.unknown());

/** How often the WebUI has met the end of its memory since it started; null where it does not tell. */
export async function readOutOfMemoryCount(peer: Peer, signal: AbortSignal): Promise<number | null> {
  const read = await getJson(peer, { path: '/sdapi/v1/memory', signal }, memorySchema);
  return read.ok ? toOutOfMemoryCount(read.value) : null;
}

/**
 * Why an answer came without images, of a family that hides its exceptions behind such answers (webui-api.md 7.4): what its count of shortages
 * (`countBefore` as it stood before), its log and its memory say. `out-of-memory` is likely then and not certain.
 */
export async function explainNoImages(
  peer: Peer,
  countBefore: number | null,
  signal: AbortSignal,
): Promise<Failure> {
  const [memory, log] = await Promise.all([
    getJson(peer, { path: '/sdapi/v1/memory', signal }, memorySchema),
    // Without a number it sends its oldest hundred lines.
    getJson(peer, { path: '/sdapi/v1/log?lines=0', signal, isSecret: true }, logSchema),
  ]);
  const count = memory.ok ? toOutOfMemoryCount(memory.value) : null;
  if (count !== null && countBefore !== null && count > countBefore) {
    return shortage('it has just counted that its memory ran out');
  }
  if (log.ok && tellsShortage(log.value)) return shortage('its log says that memory ran out');
  const { vramUsed, vramTotal } = memory.ok ? toMemoryUse(memory.value) : {};
  if (vramUsed && vramTotal && vramUsed >= fullShare * vramTotal) {
    return shortage(`${inGigabytes(vramUsed)} of ${inGigabytes(vramTotal)} GB are in use`);
  }
  return { kind: 'no-images', detail: 'it does not say why' };
}

function shortage(sign: string): Failure {
  return { kind: 'out-of-memory', detail: `it made no image, and ${sign}`, isLikely: true };
}

/** Whether one of the lines written just now tells of it; none of them is quoted, since they hold prompts and paths. */
function tellsShortage(log: readonly unknown[]): boolean {
  const lines = log.filter((line) => typeof line === 'string');
  const newest = Math.max(...lines.map((line) => createdAt(line) ?? 0));
  return lines.some((line) => {
    const at = createdAt(line);
    return outOfMemoryWords.test(line) && at !== null && newest - at <= recentSeconds;
  });
}

/** Seconds since epoch, by the WebUI's own clock. */
function createdAt(line: string): number | null {
  const created = /"created":\s*(\d+(?:\.\d+)?)/.exec(line)?.[1];
  return created === undefined ? null : Number(created);
}

function inGigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
