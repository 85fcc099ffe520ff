import * as v from 'valibot';
import type { Command } from '../engine/command.ts';
import { authSchema, urlSchema } from './address-schema.ts';
import { maxFilterLength, maxRowCount } from './bound-view.ts';
import { orderSchema } from './order-schema.ts';
import { planSchema } from './plan-schema.ts';
import type { ClientMessage } from './protocol.ts';
import { readLine } from './read-line.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const commandSchema: v.GenericSchema<unknown, Command> = v.variant('type', [
  v.object({ type: v.literal('start'), plan: planSchema }),
  v.object({ type: v.literal('change-plan'), plan: planSchema }),
  v.object({ type: v.literal('make'), order: orderSchema }),
  v.object({ type: v.literal('pause') }),
  v.object({ type: v.literal('resume') }),
  v.object({ type: v.literal('skip') }),
  v.object({ type: v.literal('interrupt') }),
  v.object({ type: v.literal('stop'), now: v.boolean() }),
  v.object({ type: v.literal('retry-now') }),
  v.object({ type: v.literal('refresh') }),
]);

const filesRequestSchema = v.object({
  firstIndex: count,
  count: v.pipe(count, v.maxValue(maxRowCount)),
  filter: v.pipe(v.string(), v.maxLength(maxFilterLength)),
});

const clientMessageSchema: v.GenericSchema<unknown, ClientMessage> = v.variant('type', [
  v.object({
    type: v.literal('hello'),
    protocol: count,
    version: v.pipe(v.string(), v.maxLength(100)),
    role: v.picklist(['screen', 'command']),
  }),
  v.object({ type: v.literal('view'), request: filesRequestSchema }),
  v.object({ type: v.literal('want-preview'), isWanted: v.boolean() }),
  v.object({ type: v.literal('command'), id: count, command: commandSchema }),
  v.object({ type: v.literal('connect'), id: count, url: urlSchema, auth: authSchema }),
]);

/** Reads a line from a client; null when it is no message that the runner may act on. */
export function readClientMessage(line: Uint8Array): ClientMessage | null {
  return readLine(clientMessageSchema, line);
}
