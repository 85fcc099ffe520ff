import { describe, expect, test } from 'vitest';
import type { LoopStatus } from '../../../source/presentation/snapshot.ts';
import { examplePlan, exampleWebUi } from '../example-webui.ts';
import { exampleGeneration, exampleRunning } from '../monitor/example-snapshot.ts';
import { Pressed } from './pressing.ts';

function watching(status: LoopStatus = { kind: 'generating' }, running = true): Pressed {
  return new Pressed({
    webUi: exampleWebUi,
    plan: { ...examplePlan, checkpoint: 'dreamshaper_8.safetensors [879db523c3]' },
    status,
    running: running ? exampleRunning : null,
  });
}

const sent = (command: object) => ({ type: 'send', command });
const failure = { kind: 'unreachable', detail: '' } as const;

describe('p', () => {
  test.each<[LoopStatus, object]>([
    [{ kind: 'generating' }, { type: 'pause' }],
    [{ kind: 'retrying', nextAttemptAt: 0, attemptCount: 1, failure }, { type: 'pause' }],
    [{ kind: 'pausing' }, { type: 'resume' }],
    [{ kind: 'paused', since: 0 }, { type: 'resume' }],
    [{ kind: 'needs-you', failure }, { type: 'resume' }],
  ])('while $kind', (status, command) => {
    expect(watching(status).press('p').wishes()).toEqual([sent(command)]);
    expect(watching(status).press('space').wishes()).toEqual([sent(command)]);
  });

  test('starts a stopped loop again', () => {
    const pressed = watching({ kind: 'stopped', reason: 'asked' }, false).press('p');
    expect(pressed.wishes()).toMatchObject([sent({ type: 'start' })]);
  });

  test('says why it cannot', () => {
    const pressed = watching({ kind: 'stopping' }).press('p');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toMatch(/ending/);
  });
});

describe.each([
  ['s', 'skip'],
  ['!', 'interrupt'],
])('%s', (key, command) => {
  test('asks, and does it', () => {
    const pressed = watching().press(key);
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('y').wishes()).toEqual([sent({ type: command })]);
  });

  test('asks, and lets it be', () => {
    expect(watching().press(key, 'escape').wishes()).toEqual([]);
  });

  test('never hits the generation after the one that was asked about', () => {
    const pressed = watching().press(key);
    pressed.see({ running: { ...exampleRunning, generation: { ...exampleGeneration, id: 813 } } });
    expect(pressed.press('y').wishes()).toEqual([]);
  });

  test('says that nothing runs', () => {
    expect(watching({ kind: 'paused', since: 0 }, false).press(key).state.note?.text).toMatch(/Nothing/);
  });
});

describe('changing the plan while the loop runs', () => {
  test('changes the prompt and nothing else', () => {
    const pressed = watching().press('e', 'ctrl+u').type('a fox').press('enter');
    expect(pressed.wishes()[0]).toMatchObject(
      sent({
        type: 'change-plan',
        plan: {
          ...examplePlan,
          checkpoint: 'dreamshaper_8.safetensors [879db523c3]',
          parameters: { ...examplePlan.parameters, prompt: 'a fox' },
        },
      }),
    );
    expect(pressed.state.screen.kind).toBe('monitor');
  });

  test('says so until a generation with the change runs', () => {
    const running = (id: number) => ({ ...exampleRunning, generation: { ...exampleGeneration, id } });
    const pressed = watching().see({ running: running(20), queued: { ...exampleGeneration, id: 21 } });
    pressed.press('e', 'ctrl+u').type('a fox').press('enter');
    expect(pressed.see({ running: running(21), queued: null }).state.note?.text).toMatch(/next generation/);
    expect(pressed.see({ running: running(22) }).state.note).toBeNull();
  });

  test('asks before what was written is thrown away', () => {
    const pressed = watching().press('e').type('x').press('escape');
    expect(pressed.state.overlay?.kind).toBe('discard');
    expect(pressed.press('n').state.screen.kind).toBe('setup');
    expect(pressed.press('escape', 'y').state.screen.kind).toBe('monitor');
    expect(pressed.wishes()).toEqual([]);
  });

  test('goes back without a word when nothing was written', () => {
    expect(watching().press('o', 'escape').state).toMatchObject({
      screen: { kind: 'monitor' },
      overlay: null,
    });
  });

  test('a prompt that was not touched stays as it is, to the last invisible mark', () => {
    const prompt = 'a\u200bfox\u200f and می\u200cخواهم';
    const plan = { ...examplePlan, parameters: { ...examplePlan.parameters, prompt } };
    const pressed = new Pressed({ webUi: exampleWebUi, plan }).press('o').type('640').press('enter');
    expect(pressed.wishes()[0]).toMatchObject({
      command: { type: 'change-plan', plan: { parameters: { width: 640, prompt } } },
    });
  });

  test('a checkpoint that is not in the list any more stays when only the prompt is changed', () => {
    const pressed = watching()
      .see({ webUi: { ...exampleWebUi, checkpoints: [] } })
      .press('e')
      .type('!')
      .press('enter');
    expect(pressed.wishes()[0]).toMatchObject(
      sent({ plan: { checkpoint: 'dreamshaper_8.safetensors [879db523c3]' } }),
    );
  });
});

describe('leaving', () => {
  test('asks, finishes what is in flight and goes when the loop has ended', () => {
    const pressed = watching().press('q');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('enter').wishes()).toEqual([sent({ type: 'stop', now: false })]);
    expect(pressed.see({ status: { kind: 'stopping' } }).wishes()).toEqual([]);
    expect(pressed.see({ status: { kind: 'stopped', reason: 'asked' } }).wishes()).toEqual([
      { type: 'leave', isAtOnce: false },
    ]);
  });

  test('interrupts when told so, also while it is finishing', () => {
    expect(watching().press('q', 'i').wishes()).toEqual([sent({ type: 'stop', now: true })]);
    const pressed = watching().press('q', 'f');
    pressed.wishes();
    expect(pressed.press('i').wishes()).toEqual([sent({ type: 'stop', now: true })]);
  });

  test('Esc while it finishes takes the leaving back, and the loop goes on', () => {
    const pressed = watching().press('q', 'f');
    pressed.wishes();
    expect(pressed.press('escape').wishes()).toEqual([sent({ type: 'resume' })]);
    expect(pressed.state.overlay).toBeNull();
  });

  test('Esc stays, and pressing on after it leaves nothing open', () => {
    expect(watching().press('q', 'escape').state.overlay).toBeNull();
  });

  test('Ctrl-C asks once, then leaves at once', () => {
    const pressed = watching().press('ctrl+c');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('ctrl+c').wishes()).toEqual([
      sent({ type: 'stop', now: true }),
      { type: 'leave', isAtOnce: true },
    ]);
  });

  test('a paused loop with nothing in flight is left without a question', () => {
    const pressed = watching({ kind: 'paused', since: 0 }, false).press('q');
    expect(pressed.wishes()).toEqual([{ type: 'leave', isAtOnce: false }]);
  });
});

describe('the filter', () => {
  test('takes letters that are commands elsewhere', () => {
    const pressed = watching().press('/').type('p q!');
    expect(pressed.state.monitor.filter).toBe('p q!');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('escape').state.monitor).toMatchObject({ filter: '', isFilterOpen: false });
  });
});

test('the help closes with the key that opened it, and the keys below it rest meanwhile', () => {
  const pressed = watching().press('?', 'p', 's');
  expect(pressed.wishes()).toEqual([]);
  expect(pressed.press('?').state.overlay).toBeNull();
});
