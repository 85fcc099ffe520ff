import { describe, expect, test } from 'vitest';
import type { Failure, FailureKind } from '../../source/generation/failure.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import type { Plan } from '../../source/plan/plan.ts';
import { FakeWorld, type Fate, randomFrom, type WorldOptions, webUi } from './fake-world.ts';

const idleProgress = {
  isRunning: false,
  step: 0,
  stepCount: 0,
  passNumber: 0,
  passCount: 0,
  jobTimestamp: '',
  isInterrupted: false,
};

const plan: Plan = {
  checkpoint: 'dream',
  parameters: { ...defaultParameters, prompt: 'a lighthouse', batchSize: 1 },
  seed: { kind: 'counting', from: 100 },
  goal: null,
};

function worldWith(options: Partial<WorldOptions> = {}): FakeWorld {
  return new FakeWorld({ random: randomFrom(7), ...options });
}

function started(options: Partial<WorldOptions> = {}, changes: Partial<Plan> = {}): FakeWorld {
  const world = worldWith(options);
  world.command({ type: 'start', plan: { ...plan, ...changes } });
  return world;
}

const imageCount = (world: FakeWorld) => world.noticesOf('image').length;

describe('pace', () => {
  for (const roundTripMs of [1, 60]) {
    test(`the GPU is busy 99.9 % at a round trip of ${roundTripMs} ms`, () => {
      const world = started({ roundTripMs, durationMs: uniform(600, 1400, 3) });
      world.runUntil(() => imageCount(world) >= 200);
      expect(world.idleShare).toBeLessThan(0.001);
    });

    test(`a pause usually ends with the running generation, at a round trip of ${roundTripMs} ms`, () => {
      const random = randomFrom(11);
      let extra = 0;
      for (let count = 0; count < 100; count++) {
        const world = started({
          roundTripMs,
          random: randomFrom(count),
          durationMs: uniform(600, 1400, count),
        });
        world.runUntil(() => imageCount(world) >= 10);
        const until = world.now + random() * 1000;
        world.runUntil(() => world.now >= until);
        const running = world.state.lanes[0]?.inFlight.length ?? 0;
        world.command({ type: 'pause' });
        world.runUntil(() => world.state.rest?.kind === 'paused');
        expect(running).toBeLessThanOrEqual(2);
        if (running === 2) extra++;
      }
      expect(extra).toBeLessThan(50);
    });
  }

  test('a WebUI that takes one request at a time gets one at a time', () => {
    const world = started({ webUi: { ...webUi, maxInFlight: 1 } });
    world.runUntil(() => imageCount(world) >= 20);
    expect(world.maxOutstanding).toBe(1);
  });

  test('generations that all take as long are not asked for their steps any more', () => {
    const pollsOf = (durationMs: NonNullable<WorldOptions['durationMs']>) => {
      const world = started({ durationMs });
      world.runUntil(() => imageCount(world) >= 20);
      const before = world.timedPollCount;
      world.runUntil(() => imageCount(world) >= 40);
      return { polls: world.timedPollCount - before, idleShare: world.idleShare };
    };
    expect(pollsOf(() => 1000)).toEqual({ polls: 0, idleShare: expect.any(Number) });
    expect(pollsOf(() => 1000).idleShare).toBeLessThan(0.001);
    expect(pollsOf(uniform(800, 1200, 3)).polls).toBeGreaterThan(15);
  });

  test('without progress the second request goes by what earlier generations took', () => {
    const world = started({
      webUi: { ...webUi, hasProgress: false },
      roundTripMs: 60,
      durationMs: uniform(900, 1000, 3),
    });
    world.runUntil(() => imageCount(world) >= 100);
    expect(world.idleShare).toBeLessThan(0.002);
  });
});

test('a job that ran before ours does not stand for ours once ours is seen', () => {
  const world = started({ durationMs: () => 5000 });
  world.runUntil(() => (world.state.lanes[0]?.inFlight.length ?? 0) > 0);
  const progress = { ...idleProgress, isRunning: true, stepCount: 20, passCount: 1 };
  world.poll({ ...progress, jobTimestamp: 'before', step: 19, passNumber: 1 });
  world.poll({ ...progress, jobTimestamp: 'ours', step: 3 });
  expect(world.state.lanes[0]?.inFlight[0]?.latest?.progress).toMatchObject({
    jobTimestamp: 'ours',
    step: 3,
  });
});

describe('a failure', () => {
  const refusedOnce = (failure: Failure['kind'], times: number): (() => Fate) => {
    let left = times;
    return () => (left-- > 0 ? { kind: 'refused', failure } : { kind: 'answered' });
  };

  test('of the input stops the loop with its sentence, and a changed plan goes on', () => {
    const world = started({ fate: refusedOnce('rejected', 1) });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.state.trouble?.kind).toBe('rejected');
    expect(world.sentCountById.size).toBe(1);
    world.command({ type: 'change-plan', plan: { ...plan, parameters: { ...plan.parameters, steps: 10 } } });
    world.runUntil(() => imageCount(world) >= 2);
  });

  test('waits as long as its own kind has come, whatever came before', () => {
    const errors = ['server-error', 'server-error', 'server-error'] as const;
    const failures: FailureKind[] = [...errors, 'rate-limited', 'server-error', 'rate-limited'];
    const world = started({
      fate: () => {
        const failure = failures.shift();
        return failure === undefined ? { kind: 'answered' } : { kind: 'refused', failure };
      },
    });
    world.runUntil(() => imageCount(world) >= 8);
    const waits = () => world.noticesOf('failure').map(({ retryDelayMs }) => (retryDelayMs ?? 0) / 1000);
    expect(waits()).toEqual([2, 4, 8, 5, 15, 10]);
    failures.push('server-error');
    world.runUntil(() => waits().length === 7);
    expect(waits().at(-1)).toBe(2);
  });

  test('that passes is retried with the same seeds and growing delays', () => {
    const world = started({ fate: refusedOnce('server-error', 4) });
    world.runUntil(() => imageCount(world) >= 1);
    const delays = world.noticesOf('failure').map(({ retryDelayMs }) => retryDelayMs ?? 0);
    expect(delays).toEqual(delays.toSorted((a, b) => a - b));
    expect(delays.length).toBe(4);
    expect(world.noticesOf('image')[0]?.image.seed).toBe(100);
    expect(world.sentCountById.get(1)).toBe(5);
  });

  test('of the answer alone makes no image twice', () => {
    let isFirst = true;
    const fate = (): Fate => {
      const kind = isFirst ? 'lost-after-saving' : 'answered';
      isFirst = false;
      return { kind };
    };
    const world = started({ fate }, { goal: { kind: 'images', count: 3 } });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.sentCountById.get(1)).toBe(1);
    expect(imageCount(world)).toBe(3);
    expect([...world.filesBySeed.keys()]).toEqual([100, 101, 102]);
  });

  test('in the middle of a generation has only the missing images made', () => {
    let isFirst = true;
    const fate = (): Fate => {
      if (!isFirst) return { kind: 'answered' };
      isFirst = false;
      return { kind: 'lost-in-between', savedCount: 1 };
    };
    const parameters = { ...plan.parameters, batchSize: 4 };
    const world = started({ fate }, { parameters, goal: { kind: 'images', count: 4 } });
    world.runUntil(() => world.state.ended === 'goal-reached');
    expect(world.noticesOf('image').map(({ image }) => image.seed)).toEqual([100, 101, 102, 103]);
    expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
  });

  test('that lets one generation go takes the next, and asks after three in a row', () => {
    const world = started({ fate: refusedOnce('answer-too-large', 3) });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.noticesOf('generation-finished').map(({ outcome }) => outcome)).toEqual([
      'given-up',
      'given-up',
      'given-up',
    ]);
    world.command({ type: 'resume' });
    world.runUntil(() => imageCount(world) >= 1);
  });

  test('of the numbers is answered with other seeds; only when those fail too does it count, and three such ask', () => {
    const world = started({ fate: refusedOnce('nan', 6) });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.noticesOf('failure').map(({ willRetry }) => willRetry)).toEqual([
      true,
      false,
      true,
      false,
      true,
      false,
    ]);
    world.command({ type: 'resume' });
    world.runUntil(() => imageCount(world) >= 1);
  });

  test('to write images keeps them until there is space', () => {
    let left = 3;
    const world = started({ collectFailure: () => (left-- > 0 ? 'disk-full' : null) });
    world.runUntil(() => imageCount(world) >= 2);
    expect(new Set(world.noticesOf('image').map(({ image }) => image.seed))).toEqual(new Set([100, 101]));
  });

  test('to find the first images on this disk turns to saving here', () => {
    const world = started({ fate: () => ({ kind: 'answered' }) });
    world.filesBySeed.set(100, []);
    const save = world.filesBySeed.set.bind(world.filesBySeed);
    world.filesBySeed.set = () => world.filesBySeed;
    world.runUntil(() => world.state.saving === 'client');
    world.filesBySeed.set = save;
    expect(world.state.trouble).toBeNull();
  });
});

describe('names', () => {
  test('an unknown checkpoint asks at once and suggests', () => {
    const world = started({}, { checkpoint: 'dreem' });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.state.trouble).toMatchObject({ kind: 'unknown-checkpoint', asked: 'dreem' });
    expect(world.state.trouble?.suggestions?.[0]).toContain('dream');
    expect(world.sentCountById.size).toBe(0);
  });

  test('an unknown sampler asks at once, since the WebUI would take another in silence', () => {
    const world = started({}, { parameters: { ...plan.parameters, sampler: 'Euler b' } });
    world.runUntil(() => world.state.rest?.kind === 'needs-you');
    expect(world.state.trouble).toMatchObject({ kind: 'unknown-sampler', suggestions: ['Euler'] });
  });

  test('a changed plan takes effect with the next generation that is sent', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 3);
    const sent = Math.max(...world.sentCountById.keys());
    const parameters = { ...plan.parameters, prompt: '山上的灯塔' };
    world.command({ type: 'change-plan', plan: { ...plan, parameters } });
    world.runUntil(() => imageCount(world) >= sent + 3);
    const prompts = world.noticesOf('image').map(({ generation }) => generation);
    expect(prompts.every(({ id, parameters: { prompt } }) => id > sent === (prompt === '山上的灯塔'))).toBe(
      true,
    );
  });
});

describe('giving up what runs', () => {
  test('an interrupt ends the running generation early and the loop goes on', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 3);
    world.command({ type: 'interrupt' });
    world.runUntil(() => imageCount(world) >= 6);
    const outcomes = world.noticesOf('generation-finished').map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'abandoned')).toHaveLength(1);
  });

  test('a stop that has not ended yet can be taken back', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 2);
    world.command({ type: 'stop', now: false });
    world.command({ type: 'resume' });
    const before = imageCount(world);
    world.runUntil(() => imageCount(world) >= before + 5);
    expect(world.state.ended).toBeNull();
  });

  test('a stop that is taken back during a pause leaves the loop pausing', () => {
    const world = started();
    world.runUntil(() => imageCount(world) >= 2);
    world.command({ type: 'pause' });
    world.command({ type: 'stop', now: false });
    world.command({ type: 'stop', now: false });
    world.command({ type: 'resume' });
    world.runUntil(() => world.state.rest?.kind === 'paused');
    world.command({ type: 'resume' });
    const before = imageCount(world);
    world.runUntil(() => imageCount(world) > before);
  });

  test('a stop while the WebUI is away leaves it to the next runner to find out what became of lost answers', () => {
    let isAway = false;
    const fate = () => ({ kind: isAway ? 'lost-after-saving' : 'answered' }) as const;
    const world = started({ fate, isCutOff: () => isAway, probe: () => (isAway ? 'unreachable' : null) });
    world.runUntil(() => imageCount(world) >= 2);
    isAway = true;
    world.runUntil(() => world.filesBySeed.size > imageCount(world));
    world.runUntil(() => world.noticesOf('failure').length > 0);
    world.command({ type: 'stop', now: false });
    world.runUntil(() => world.state.ended === 'asked');
    expect(world.filesBySeed.size).toBeGreaterThan(imageCount(world));
    const leftCount = world.noticesOf('stopped').at(-1)?.leftCount ?? 0;
    expect(leftCount).toBeGreaterThan(0);
    const finishedCount = world.noticesOf('generation-finished').length;
    expect(world.noticesOf('generation-started')).toHaveLength(finishedCount + leftCount);

    isAway = false;
    world.restartRunner();
    world.runUntil(() => world.noticesOf('generation-finished').length === finishedCount + leftCount);
    expect(imageCount(world)).toBe(world.filesBySeed.size);
    while (world.step());
    expect(world.noticesOf('generation-started')).toHaveLength(finishedCount + leftCount);
    const sent = world.sentCountById.size;
    world.command({ type: 'start', plan });
    world.runUntil(() => world.sentCountById.size > sent);
    expect([...world.filesBySeed.values()].every((files) => files.length === 1)).toBe(true);
  });

  test('a start after such a stop looks for the lost answers first', () => {
    let isAway = false;
    const fate = () => ({ kind: isAway ? 'lost-after-saving' : 'answered' }) as const;
    const world = started({ fate, isCutOff: () => isAway, probe: () => (isAway ? 'unreachable' : null) });
    world.runUntil(() => imageCount(world) >= 2);
    isAway = true;
    world.runUntil(() => world.noticesOf('failure').length > 0);
    world.command({ type: 'stop', now: false });
    world.runUntil(() => world.state.ended === 'asked');
    isAway = false;
    world.command({ type: 'start', plan });
    world.runUntil(() => imageCount(world) >= 10);
    const startedCount = world.noticesOf('generation-started').length;
    expect(startedCount - world.noticesOf('generation-finished').length).toBeLessThanOrEqual(2);
    expect(world.noticesOf('generation-finished').every(({ outcome }) => outcome === 'finished')).toBe(true);
  });

  test('a stop at once ends even when the WebUI hangs', () => {
    const world = started({ durationMs: () => 1e12, webUi: { ...webUi, hasInterrupt: false } });
    world.runUntil(() => (world.state.lanes[0]?.inFlight.length ?? 0) > 0);
    const at = world.now;
    world.command({ type: 'stop', now: true });
    world.runUntil(() => world.state.ended === 'asked');
    expect(world.now - at).toBeLessThan(20_000);
  });

  test('a stop at once does not wait for a full disk', () => {
    const world = started({ collectFailure: () => 'disk-full' });
    world.runUntil(() => world.noticesOf('failure').length > 0);
    world.command({ type: 'stop', now: false });
    for (let count = 0; count < 100; count++) world.step();
    expect(world.state.ended).toBeNull();
    world.command({ type: 'stop', now: true });
    world.runUntil(() => world.state.ended === 'asked', 50);
  });

  test('a stop at once interrupts until everything has returned', () => {
    const world = started();
    world.runUntil(() => (world.state.lanes[0]?.inFlight.length ?? 0) === 2);
    const before = imageCount(world);
    world.command({ type: 'stop', now: true });
    world.runUntil(() => world.state.ended === 'asked');
    expect(imageCount(world) - before).toBeLessThanOrEqual(1);
  });
});

describe('a WebUI that is away', () => {
  test('is asked again for ever, at most once a second, and greeted when it comes', () => {
    let left = 20;
    const world = started({ probe: () => (left-- > 0 ? 'unreachable' : null) });
    world.runUntil(() => imageCount(world) >= 1);
    const attempts = world.noticesOf('failure').map(({ at }) => at);
    const gaps = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(15_000);
    expect(world.noticesOf('connected')).toHaveLength(1);
  });

  test('retrying now, again and again, makes no storm of attempts', () => {
    const world = started({ probe: () => 'unreachable' });
    world.runUntil(() => world.noticesOf('failure').length >= 3);
    const { now } = world;
    for (let count = 0; count < 50; count++) {
      world.command({ type: 'retry-now' });
      world.step();
    }
    const attempts = world.noticesOf('failure').filter(({ at }) => at > now).length;
    expect(attempts).toBeLessThanOrEqual((world.now - now) / 1000 + 1);
  });
});

function uniform(min: number, max: number, seed: number): () => number {
  const random = randomFrom(seed);
  return () => min + random() * (max - min);
}
