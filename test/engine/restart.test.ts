import { describe, expect, test } from 'vitest';
import { silence } from '../../source/generation/failure.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 4 },
  seed: { kind: 'counting', from: 100 },
  goal: null,
};

function started(options: Partial<WorldOptions> = {}, goal: Plan['goal'] = null): FakeWorld {
  const world = new FakeWorld({ random: randomFrom(7), canRestart: true, ...options });
  world.command({ type: 'start', plan: { ...plan, goal } });
  return world;
}

const imageCount = (world: FakeWorld) => world.noticesOf('image').length;
const link = (world: FakeWorld) => world.state.lanes[0]?.link.kind;

describe('a WebUI that died', () => {
  test('is restarted after the grace, and every planned image exists once', () => {
    const world = started({}, { kind: 'images', count: 40 });
    world.runUntil(() => imageCount(world) >= 8 && world.state.lanes[0]?.inFlight.length === 2);
    const diedAt = world.now;
    world.crash();
    world.runUntil(() => world.restartCount === 1);
    expect(world.now - diedAt).toBeGreaterThanOrEqual(30_000);
    expect(world.now - diedAt).toBeLessThan(31_000);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.restartCount).toBe(1);
    const seeds = [...world.filesBySeed.keys()].toSorted((a, b) => a - b);
    expect(seeds).toEqual(Array.from({ length: 40 }, (_, index) => 100 + index));
    expect([...world.filesBySeed.values()].every(({ length }) => length === 1)).toBe(true);
    expect(imageCount(world)).toBe(40);
  });

  test('is not restarted where nobody knows how, while the loop is paused, or when it comes back in time', () => {
    const unable = started({ canRestart: false });
    unable.runUntil(() => imageCount(unable) >= 8);
    unable.crash();
    for (let count = 0; count < 200; count++) unable.step();
    expect(unable.restartCount).toBe(0);
    const paused = started();
    paused.runUntil(() => imageCount(paused) >= 8);
    paused.command({ type: 'pause' });
    paused.crash();
    for (let count = 0; count < 200; count++) paused.step();
    expect(paused.restartCount).toBe(0);
    let isAway = false;
    const hiccup = started({ probe: () => (isAway ? 'unreachable' : null) });
    hiccup.runUntil(() => imageCount(hiccup) >= 8);
    isAway = true;
    hiccup.command({ type: 'interrupt' });
    hiccup.runUntil(() => imageCount(hiccup) >= 16);
    expect(hiccup.restartCount).toBe(0);
  });

  test('is left alone once a stop is asked for', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 8);
    world.crash();
    world.command({ type: 'stop', now: false });
    world.runUntil(() => world.state.ended !== null);
    expect(world.restartCount).toBe(0);
  });
});

describe('a WebUI that the runner started and that has ended', () => {
  test('is restarted at once, and every planned image exists once', () => {
    const world = started({}, { kind: 'images', count: 40 });
    world.runUntil(() => imageCount(world) >= 8 && world.state.lanes[0]?.inFlight.length === 2);
    const endedAt = world.now;
    world.endStarted();
    world.runUntil(() => world.restartCount === 1);
    expect(world.now - endedAt).toBeLessThan(100);
    expect(world.noticesOf('restarting').map(({ reason }) => reason.detail)).toEqual(['it ended']);
    world.runUntil(() => world.state.ended === 'goal-reached');
    const seeds = [...world.filesBySeed.keys()].toSorted((a, b) => a - b);
    expect(seeds).toEqual(Array.from({ length: 40 }, (_, index) => 100 + index));
    expect([...world.filesBySeed.values()].every(({ length }) => length === 1)).toBe(true);
  });

  test('is restarted after growing pauses when it ends again and again before it made anything', () => {
    const times: number[] = [];
    const world = started({ onEffect: (effect) => effect.type === 'restart' && times.push(world.now) });
    world.runUntil(() => imageCount(world) >= 8);
    for (let count = 1; count <= 5; count++) {
      world.endStarted();
      world.runUntil(() => world.restartCount === count && link(world) === 'connected');
    }
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / 1000));
    expect(gaps).toEqual([10, 30, 60, 180]);
    world.endStarted();
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.restartCount).toBe(5);
  });

  test('is restarted after the pause, and not after the grace, when the restart failed', () => {
    let failuresLeft = 1;
    const world = started({ restartFailure: () => (failuresLeft-- > 0 ? 'restart-failed' : null) });
    world.runUntil(() => imageCount(world) >= 8);
    const endedAt = world.now;
    world.endStarted();
    world.runUntil(() => world.restartCount === 2);
    expect(world.now - endedAt).toBeLessThan(12_000);
  });

  test('is left alone where another answers in its place, and that one has its grace', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 8);
    world.tellEnded();
    world.runUntil(() => imageCount(world) >= 16);
    expect(world.restartCount).toBe(0);
    const diedAt = world.now;
    world.crash();
    world.runUntil(() => world.restartCount === 1);
    expect(world.now - diedAt).toBeGreaterThanOrEqual(30_000);
  });

  test('is restarted once a paused loop goes on', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 8);
    world.command({ type: 'pause' });
    world.runUntil(() => world.state.rest?.kind === 'paused');
    world.endStarted();
    for (let count = 0; count < 200; count++) world.step();
    expect(world.restartCount).toBe(0);
    const resumedAt = world.now;
    world.command({ type: 'resume' });
    world.runUntil(() => world.restartCount === 1);
    expect(world.now - resumedAt).toBeLessThan(2000);
  });
});

test('one that takes connections and says nothing may be at work for the last runner: it has the grace first', () => {
  const world = new FakeWorld({
    random: randomFrom(1),
    canRestart: true,
    probe: () => ({ kind: 'unreachable', detail: silence }),
  });
  const began = world.now;
  world.runUntil(() => world.restartCount === 1);
  expect(world.now - began).toBeGreaterThanOrEqual(30_000);
  expect(world.now - began).toBeLessThan(32_000);
});

test('a WebUI that never answered is started at once, before anything is planned', () => {
  let isUp = false;
  const world = new FakeWorld({
    random: randomFrom(1),
    canRestart: true,
    probe: () => (isUp ? null : 'unreachable'),
  });
  const began = world.now;
  world.runUntil(() => world.restartCount === 1);
  expect(world.now - began).toBeLessThan(1000);
  expect(link(world)).toBe('restarting');
  isUp = true;
  world.runUntil(() => link(world) === 'connected');
});

describe('a restart that fails', () => {
  test('is tried again after growing pauses, and asks for a person after five in a row', () => {
    const times: number[] = [];
    const world = started({
      probe: () => 'unreachable',
      restartFailure: () => 'restart-failed',
      onEffect: (effect) => effect.type === 'restart' && times.push(world.now),
    });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(times.length).toBe(5);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps[0]).toBeGreaterThanOrEqual(10_000);
    expect(world.state.trouble?.kind).toBe('restart-failed');
    const until = world.now + 3_600_000;
    world.runUntil(() => world.now >= until);
    expect(world.restartCount).toBe(5);
    world.command({ type: 'resume' });
    world.runUntil(() => world.restartCount === 6);
  });

  test('is forgotten when a person started the WebUI elsewhere', () => {
    let isUp = false;
    const world = started({
      probe: () => (isUp ? null : 'unreachable'),
      restartFailure: () => (isUp ? null : 'restart-failed'),
    });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    isUp = true;
    // What stays down in this world is the WebUI that was restarted, not the other one.
    world.revive();
    world.runUntil(() => imageCount(world) >= 8);
    expect(world.state.trouble).toBe(null);
  });
});

test('what is in flight at a restart is looked for, and only what is missing is sent again', () => {
  const world = started({}, { kind: 'images', count: 24 });
  world.runUntil(() => imageCount(world) >= 8 && world.state.lanes[0]?.inFlight.length === 2);
  const ids = world.state.lanes[0]?.inFlight.map(({ work }) => work.planned.id);
  world.restartNow();
  world.restartNow();
  expect(world.restartCount).toBe(1);
  const { inFlight, pending } = world.state.lanes[0] ?? {};
  expect(inFlight).toEqual([]);
  expect(pending?.map(({ work }) => work.planned.id)).toEqual(ids);
  expect(pending?.every(({ mustReconcile }) => mustReconcile)).toBe(true);
  world.runUntil(() => world.state.ended === 'goal-reached');
  expect([...world.filesBySeed.values()].every(({ length }) => length === 1)).toBe(true);
  expect(imageCount(world)).toBe(24);
});

describe('a restart for want of memory', () => {
  test('waits for what is in flight, sends no second request, and loses nothing', () => {
    const world = started({}, { kind: 'images', count: 40 });
    world.runUntil(() => imageCount(world) >= 8 && world.state.lanes[0]?.inFlight.length === 1);
    const begun = world.noticesOf('generation-started').length;
    world.fillMemory();
    world.runUntil(() => world.restartCount === 1);
    expect(world.noticesOf('generation-started').length).toBe(begun);
    expect([...world.sentCountById.values()].every((count) => count === 1)).toBe(true);
    expect(world.state.lanes[0]?.pending).toEqual([]);
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect([...world.sentCountById.values()].every((count) => count === 1)).toBe(true);
    expect(imageCount(world)).toBe(40);
  });

  test('is not repeated within ten minutes', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => world.restartCount === 1 && link(world) === 'connected');
    const until = world.now + 9 * 60_000;
    while (world.now < until) {
      world.fillMemory();
      world.step();
    }
    expect(world.restartCount).toBe(1);
  });
});

describe('a WebUI that can restart itself', () => {
  const able = { ...webUi, canRestartItself: true };

  test('is asked to before its memory is full, and no command is run', () => {
    const world = started({ webUi: able }, { kind: 'images', count: 40 });
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.restartWays).toEqual(['itself']);
    expect(world.noticesOf('restarting')).toMatchObject([{ way: 'itself', reason: { kind: 'memory-low' } }]);
    expect(imageCount(world)).toBe(40);
  });

  test('is asked to where there is no command', () => {
    const world = started({ webUi: able, canRestart: false });
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => imageCount(world) >= 40);
    expect(world.restartWays).toEqual(['itself']);
  });

  test('and does not is restarted by the command at once, and not asked a second time', () => {
    const world = started({ webUi: able, obeysRestart: () => false });
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => world.restartCount === 1);
    expect(world.restartWays).toEqual(['itself', 'command']);
    expect(world.noticesOf('failure').map(({ failure }) => failure.kind)).toEqual(['restart-failed']);
    const until = world.now + 11 * 60_000;
    world.runUntil(() => world.now > until);
    world.fillMemory();
    world.runUntil(() => world.restartCount === 2);
    expect(world.restartWays).toEqual(['itself', 'command', 'command']);
  });

  test('and ends for good meanwhile is started by the command at once', () => {
    const world = started({ webUi: able }, { kind: 'images', count: 40 });
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => link(world) === 'restarting');
    world.endStarted();
    expect(world.restartWays).toEqual(['itself', 'command']);
    expect(world.noticesOf('failure').at(-1)).toMatchObject({
      failure: { kind: 'restart-failed', detail: 'it ended' },
      measure: { kind: 'restart-command' },
    });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.restartWays).toHaveLength(2);
    expect([...world.filesBySeed.values()].every(({ length }) => length === 1)).toBe(true);
  });

  test('and does not is used on where there is no command', () => {
    const world = started({ webUi: able, canRestart: false, obeysRestart: () => false });
    world.runUntil(() => imageCount(world) >= 8);
    world.fillMemory();
    world.runUntil(() => imageCount(world) >= 60);
    world.fillMemory();
    world.runUntil(() => imageCount(world) >= 80);
    expect(world.restartWays).toEqual(['itself']);
  });

  test('and is down is started by the command: there is nobody to ask', () => {
    const world = started({ webUi: able });
    world.runUntil(() => imageCount(world) >= 8);
    world.crash();
    world.runUntil(() => world.restartCount === 1);
    expect(world.restartWays).toEqual(['command']);
  });
});

test('over 2000 random walks with deaths and restarts two never run at once, and each image is made once', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const random = randomFrom(seed);
    let failuresLeft = 2;
    const world = new FakeWorld({
      random,
      canRestart: true,
      webUi: { ...webUi, canRestartItself: random() < 0.5 },
      obeysRestart: () => random() < 0.5,
      restartGraceMs: random() < 0.5 ? 0 : 30_000,
      roundTripMs: random() < 0.5 ? 1 : 60,
      restartFailure: () => (random() < 0.3 && failuresLeft-- > 0 ? 'restart-failed' : null),
    });
    const count = 1 + Math.floor(random() * 30);
    world.command({ type: 'start', plan: { ...plan, goal: { kind: 'images', count } } });
    for (let blows = 0; blows < 4; blows++) {
      const steps = Math.floor(random() * 40);
      for (let step = 0; step < steps && world.step(); step++);
      if (world.state.ended !== null) break;
      const blow = random();
      if (blow < 0.15) world.crash();
      else if (blow < 0.3) world.endStarted();
      else if (blow < 0.6) world.fillMemory();
      else world.restartNow();
      if (random() < 0.3) world.restartNow();
      if (random() < 0.1) world.command({ type: 'interrupt' });
      if (random() < 0.2) world.restartRunner();
    }
    world.runUntil(() => world.state.ended === 'goal-reached');
    const files = [...world.filesBySeed.values()];
    expect(
      files.filter(({ length }) => length > 1),
      `walk ${seed}: doubled`,
    ).toEqual([]);
    const told = new Set(world.noticesOf('image').map(({ image }) => image.seed));
    expect(told.size, `walk ${seed}: told`).toBe(count);
    expect(world.maxRestarting, `walk ${seed}: restarts at once`).toBeLessThanOrEqual(1);
    expect(world.maxOutstanding, `walk ${seed}: outstanding`).toBeLessThanOrEqual(2);
  }
});
