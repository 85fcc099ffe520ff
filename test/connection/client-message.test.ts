import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readClientMessage } from '../../source/connection/client-message.ts';
import type { ClientMessage } from '../../source/connection/protocol.ts';
import { usualHires } from '../../source/generation/asked.ts';
import type { Order } from '../../source/plan/order.ts';
import { examplePlan } from '../runner/loop-in-test.ts';

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const start = (plan: unknown) => bytesOf({ type: 'command', id: 1, command: { type: 'start', plan } });

const order: Order = {
  checkpoint: 'dream',
  parameters: examplePlan.parameters,
  seed: 7,
  variation: { subseed: null, strength: 0.3 },
  hires: usualHires,
  times: 4,
};

test.for([
  ['a seed beyond 32 bits', { seed: 2 ** 32 }],
  ['a strength beyond 1', { variation: { subseed: 1, strength: 1.5 } }],
  ['a picture forty times as large', { hires: { ...usualHires, scale: 40 } }],
  ['parameters out of range', { parameters: { ...examplePlan.parameters, width: 100_000 } }],
  ['no end', { times: 1e9 }],
] as const)('an order with %s is refused', ([, changes]) => {
  const command = { type: 'make', order: { ...order, ...changes } };
  expect(readClientMessage(bytesOf({ type: 'command', id: 1, command }))).toBeNull();
});

test.for([
  { type: 'command', id: 9, command: { type: 'make', order } },
  { type: 'hello', protocol: 1, version: '0.1.0', role: 'screen' },
  { type: 'hello', protocol: 2, version: '0.1.0', role: 'screen' },
  { type: 'view', request: { firstIndex: 3, count: 80, filter: '海' } },
  { type: 'want-preview', isWanted: true },
  { type: 'connect', id: 2, url: 'https://box:7860/sub', auth: 'me:pass:word' },
  { type: 'command', id: 3, command: { type: 'stop', now: false } },
  { type: 'command', id: 4, command: { type: 'change-plan', plan: examplePlan } },
  {
    type: 'command',
    id: 5,
    command: {
      type: 'start',
      plan: { ...examplePlan, seed: { kind: 'fixed', seed: 7 }, goal: { kind: 'images', count: 9 } },
    },
  },
] satisfies ClientMessage[])('a $type is read as it was sent', (message) => {
  expect(readClientMessage(bytesOf(message))).toEqual(message);
});

test.for([
  ['a width out of range', { parameters: { ...examplePlan.parameters, width: 100_000 } }],
  ['a fraction of a step', { parameters: { ...examplePlan.parameters, steps: 1.5 } }],
  ['a text for a number', { parameters: { ...examplePlan.parameters, batchSize: '4' } }],
  ['a prompt that is too long', { parameters: { ...examplePlan.parameters, prompt: 'a'.repeat(20_001) } }],
  ['half a character', { parameters: { ...examplePlan.parameters, prompt: '\ud83c' } }],
  ['a seed beyond 32 bits', { seed: { kind: 'fixed', seed: 2 ** 32 } }],
  ['an unknown kind of seed', { seed: { kind: 'lucky' } }],
  ['a goal of no images', { goal: { kind: 'images', count: 0 } }],
  ['no checkpoint', { checkpoint: '' }],
  ['no goal at all', { goal: undefined }],
] as const)('a plan with %s is refused', ([, changes]) => {
  expect(readClientMessage(start({ ...examplePlan, ...changes }))).toBeNull();
});

test('what a message should not have is dropped', () => {
  const message = readClientMessage(start({ ...examplePlan, extra: 1, __proto__: { evil: true } }));
  expect(message).toEqual({ type: 'command', id: 1, command: { type: 'start', plan: examplePlan } });
});

test('broken UTF-8 is no message, since the prompt would be another one', () => {
  const bytes = start({ ...examplePlan, parameters: { ...examplePlan.parameters, prompt: 'XX' } });
  const at = Buffer.from(bytes).indexOf('XX');
  bytes[at] = 0xff;
  expect(readClientMessage(bytes)).toBeNull();
});

test('no value at all makes it throw', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('hello', 'view', 'want-preview', 'command', 'connect'),
      (value, type) => {
        const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
        readClientMessage(bytesOf(value));
        readClientMessage(
          bytesOf(isObject ? { ...value, type } : { type, command: value, request: value, id: 1 }),
        );
      },
    ),
  );
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readClientMessage(bytes)));
});
