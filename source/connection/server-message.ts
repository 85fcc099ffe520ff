import * as v from 'valibot';
import type { Snapshot } from '../presentation/snapshot.ts';
import type { ServerMessage } from './protocol.ts';
import { readLine } from './read-line.ts';

/**
 * A runner of this very version wrote what is inside a snapshot (others are told apart by their greeting), and only this user can be at
 * the other end: its fields are taken as they are.
 */
const trusted = <T>() =>
  v.custom<T>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));

const serverMessageSchema: v.GenericSchema<unknown, ServerMessage> = v.variant('type', [
  v.object({
    type: v.literal('hello'),
    protocol: v.number(),
    version: v.pipe(v.string(), v.maxLength(100)),
    pid: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    startedAt: v.number(),
  }),
  v.object({
    type: v.literal('webui'),
    webUi: v.nullable(trusted<NonNullable<Snapshot['webUi']>>()),
  }),
  v.object({ type: v.literal('snapshot'), snapshot: trusted<Omit<Snapshot, 'webUi'>>() }),
  v.object({
    type: v.literal('preview'),
    preview: v.nullable(v.object({ generationId: v.number(), at: v.number(), image: v.string() })),
  }),
  v.object({ type: v.literal('done'), id: v.number(), refusal: v.exactOptional(v.string()) }),
  v.object({
    type: v.literal('end'),
    kind: v.picklist(['loop-ended', 'other-version', 'bad-message', 'too-many-clients']),
    reason: v.string(),
  }),
]);

/** Reads a line from a runner; null when it is none of its messages. */
export function readServerMessage(line: Uint8Array): ServerMessage | null {
  return readLine(serverMessageSchema, line);
}
