import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createOutput } from '../../source/commands/output.ts';
import { createRunPrinter } from '../../source/commands/print/run-printer.ts';
import { runLoop } from '../../source/commands/run-loop.ts';
import type { Command } from '../../source/engine/command.ts';
import type { Notice } from '../../source/engine/notice.ts';
import type { FailureKind } from '../../source/generation/failure.ts';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import type { WebUi } from '../../source/generation/webui.ts';

const url = 'http://127.0.0.1:7860';

const webUi: WebUi = {
  url,
  family: 'a1111',
  version: null,
  checkpoints: [],
  selectedCheckpoint: null,
  samplers: [],
  schedulers: [],
  hasProgress: false,
  livePreviews: { kind: 'none' },
  hasInterrupt: false,
  hasSkip: false,
  hasMemory: false,
  hasFaceRestoration: false,
  hasVariations: true,
  hasHires: true,
  canSave: false,
  canFreeMemory: false,
  canRestartItself: false,
  outputDirectory: null,
  maxInFlight: 1,
  limits: widestLimits,
  isOutputFollowable: true,
};

const connected: Notice = { type: 'connected', at: 1, webUi, isReconnect: false };

function failed(kind: FailureKind, willRetry: boolean): Extract<Notice, { type: 'failure' }> {
  return {
    type: 'failure',
    at: 1,
    failure: { kind, detail: '' },
    generation: null,
    willRetry,
    retryDelayMs: willRetry ? 1000 : null,
  };
}

function stopped(reason: 'asked' | 'goal-reached' | 'needs-you'): Notice {
  return { type: 'stopped', at: 2, reason };
}

const call = (command: string) => `sdloop ${command} --demo`;

/** A loop on a runner that does what the test says: `tell` is its voice, `sent` what it was asked. */
async function start({ isWaiting = false, isContinued = false, isJson = true } = {}) {
  const data = new PassThrough().setEncoding('utf8');
  const words = new PassThrough().setEncoding('utf8');
  const output = createOutput(data, words, isJson);
  const sent: Command[] = [];
  let tell: (notice: Notice) => void = () => {};
  let isClosed = false;
  const code = runLoop({
    isWaiting,
    output,
    printer: createRunPrinter(output, { startedAt: 0, paint: (_, text) => text, call }),
    call,
    async startRunner({ onNotice, onContinued }) {
      if (isContinued) onContinued();
      tell = (notice) => onNotice(notice, url);
      return {
        send: (command) => void sent.push(command),
        close: async () => {
          isClosed = true;
        },
      };
    },
  });
  // The loop listens to signals once its runner has started.
  await new Promise((resolve) => setImmediate(resolve));
  const events = () => {
    const text: string = data.read() ?? '';
    return text.trimEnd().split('\n').filter(Boolean);
  };
  return {
    code,
    sent,
    tell: (notice: Notice) => tell(notice),
    events,
    words,
    data,
    isClosed: () => isClosed,
  };
}

const stop = { type: 'stop', now: false };
const stopNow = { type: 'stop', now: true };

describe('how a run ends', () => {
  test('with its goal: 0, the runner closed, the summary last', async () => {
    const loop = await start();
    loop.tell(connected);
    loop.tell(stopped('goal-reached'));
    expect(await loop.code).toBe(0);
    expect(loop.isClosed()).toBe(true);
    expect(loop.events().map((line) => JSON.parse(line).type)).toEqual(['connected', 'state', 'summary']);
  });

  test('not with too little space at the start, which is waited for and told', async () => {
    const loop = await start();
    loop.tell(failed('low-space', true));
    loop.tell(connected);
    expect(loop.events().map((line) => JSON.parse(line))).toMatchObject([
      { type: 'failure', kind: 'low-space', willRetry: true },
      { type: 'state', state: 'retrying' },
      { type: 'connected' },
    ]);
    loop.tell({ type: 'space-regained', at: 2, freeBytes: 3e9 });
    loop.tell({ type: 'activity-changed', at: 2, isActive: true });
    expect(loop.events().map((line) => JSON.parse(line))).toMatchObject([{ state: 'generating' }]);
    loop.tell(stopped('goal-reached'));
    expect(await loop.code).toBe(0);
  });

  test('with something left that nobody knows of yet: that is said', async () => {
    const left = { type: 'stopped', at: 2, reason: 'asked', leftCount: 2 } as const;
    for (const isJson of [true, false]) {
      const loop = await start({ isJson });
      loop.tell(connected);
      loop.tell(left);
      expect(await loop.code).toBe(0);
      const said = isJson ? loop.words.read() : loop.events().join('\n');
      expect(said).toMatch(/2 generations in flight is not known.*the next start looks for the images/);
    }
  });

  test('with a checkpoint that is not there: how to list them names the profile', async () => {
    for (const isJson of [true, false]) {
      const loop = await start({ isJson });
      loop.tell(connected);
      loop.tell(failed('unknown-checkpoint', false));
      loop.tell(stopped('needs-you'));
      expect(await loop.code).toBe(1);
      expect(loop.words.read()).toContain('`sdloop models --demo` lists those it has.');
      const told = loop.events().join('');
      expect(told.includes('`sdloop models --demo`')).toBe(isJson);
    }
  });

  test('when a person must see to it: 1, after the sentence', async () => {
    const loop = await start();
    loop.tell(connected);
    loop.tell(failed('no-checkpoint', false));
    loop.tell(stopped('needs-you'));
    expect(await loop.code).toBe(1);
    expect(JSON.parse(loop.events()[1] ?? '')).toMatchObject({ type: 'failure', kind: 'no-checkpoint' });
    expect(loop.words.read()).toContain('The WebUI has no checkpoint.');
  });

  test.each(['unreachable', 'starting', 'api-off', 'not-a-webui'] as const)(
    'when the WebUI is %s at the start: 3, with the address',
    async (kind) => {
      const loop = await start();
      loop.tell(failed(kind, true));
      expect(await loop.code).toBe(3);
      expect(loop.words.read()).toContain(url);
      const [failure, summary] = loop.events().map((line) => JSON.parse(line));
      expect(failure).toMatchObject({ type: 'failure', kind, willRetry: false });
      expect(summary).toMatchObject({ type: 'summary', images: 0, failures: 1 });
    },
  );

  test('when a gateway stands before no WebUI: 3, and no promise to try again', async () => {
    const loop = await start();
    const { failure, ...notice } = failed('server-error', true);
    loop.tell({ ...notice, failure: { ...failure, httpStatus: 502 } });
    expect(await loop.code).toBe(3);
    expect(loop.words.read()).not.toContain('by itself');
  });

  test('when the WebUI wants credentials: 1', async () => {
    const loop = await start();
    loop.tell(failed('unauthorised', false));
    expect(await loop.code).toBe(1);
    expect(loop.words.read()).toContain('SDLOOP_AUTH');
  });

  test('to a person, a run that never began has no summary', async () => {
    const loop = await start({ isJson: false });
    loop.tell(failed('unreachable', true));
    expect(await loop.code).toBe(3);
    expect(loop.events()).toEqual([]);
  });
});

describe('a WebUI that is away', () => {
  test('is waited for by a run that goes on with what was cut off', async () => {
    const loop = await start({ isContinued: true });
    loop.tell(failed('unreachable', true));
    loop.tell(connected);
    loop.tell(stopped('goal-reached'));
    expect(await loop.code).toBe(0);
    expect(loop.events().map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ type: 'failure', kind: 'unreachable', willRetry: true }),
    );
  });

  test('is waited for once connected', async () => {
    const loop = await start();
    loop.tell(connected);
    loop.tell(failed('unreachable', true));
    loop.tell({ ...connected, isReconnect: true });
    loop.tell(stopped('goal-reached'));
    expect(await loop.code).toBe(0);
  });

  test('is waited for from the start with --wait', async () => {
    const loop = await start({ isWaiting: true });
    loop.tell(failed('unreachable', true));
    loop.tell(connected);
    loop.tell(stopped('goal-reached'));
    expect(await loop.code).toBe(0);
  });
});

describe('signals', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  function signal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP') {
    vi.advanceTimersByTime(1000);
    process.emit(name, name);
  }

  test('that come twice at once, from `timeout` or through npm, count once', async () => {
    const loop = await start();
    loop.tell(connected);
    signal('SIGTERM');
    process.emit('SIGTERM', 'SIGTERM');
    expect(loop.sent).toEqual([stop]);
    loop.tell(stopped('asked'));
    expect(await loop.code).toBe(143);
  });

  test('the first lets the running generation finish, the second interrupts it', async () => {
    const loop = await start();
    loop.tell(connected);
    signal('SIGINT');
    expect(loop.sent).toEqual([stop]);
    signal('SIGINT');
    expect(loop.sent).toEqual([stop, stopNow]);
    loop.tell(stopped('asked'));
    expect(await loop.code).toBe(130);
    expect(loop.events().at(-1)).toContain('"summary"');
  });

  test('the third does not wait for the WebUI', async () => {
    const loop = await start();
    loop.tell(connected);
    for (let press = 0; press < 3; press++) signal('SIGTERM');
    expect(await loop.code).toBe(143);
  });

  test('before anything was connected, one is enough', async () => {
    const loop = await start({ isWaiting: true });
    signal('SIGHUP');
    expect(await loop.code).toBe(129);
  });

  test('are left to others once the run is over', async () => {
    const before = process.listenerCount('SIGINT');
    const loop = await start();
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    loop.tell(connected);
    loop.tell(stopped('goal-reached'));
    await loop.code;
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

test('when nobody reads any more, the loop ends after the running generation and all is well', async () => {
  const loop = await start();
  loop.tell(connected);
  loop.data.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  await expect.poll(() => loop.sent).toEqual([stop]);
  loop.tell(stopped('asked'));
  expect(await loop.code).toBe(0);
});
