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

  test('takes a stop back', () => {
    expect(watching({ kind: 'stopping' }).press('p').wishes()).toEqual([sent({ type: 'resume' })]);
  });

  test('says why it cannot', () => {
    const pressed = watching({ kind: 'idle' }, false).press('p');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toMatch(/Nothing is planned/);
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
  test.each<LoopStatus>([
    { kind: 'generating' },
    { kind: 'pausing' },
    { kind: 'stopping' },
    { kind: 'needs-you', failure },
  ])('q leaves at once and sends nothing while $kind', (status) => {
    expect(watching(status).press('q').wishes()).toEqual([{ type: 'leave', isByCtrlC: false }]);
  });

  test('q asks where what was written would be lost', () => {
    const pressed = watching().press('e').type('x').press('ctrl+c');
    expect(pressed.state.overlay).toEqual({ kind: 'discard', to: 'shell' });
    expect(pressed.press('y').wishes()).toEqual([{ type: 'leave', isByCtrlC: false }]);
  });

  test('Ctrl-C asks once, and pressed again leaves without touching the loop', () => {
    const pressed = watching().press('ctrl+c');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('ctrl+c').wishes()).toEqual([{ type: 'leave', isByCtrlC: true }]);
  });

  test.each(['enter', 'y'])('%s answers Ctrl-C too', (key) => {
    expect(watching().press('ctrl+c', key).wishes()).toEqual([{ type: 'leave', isByCtrlC: false }]);
  });

  test('Esc stays', () => {
    const pressed = watching().press('ctrl+c', 'escape');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.overlay).toBeNull();
  });
});

describe('x', () => {
  test.each([
    ['enter', false],
    ['f', false],
    ['i', true],
  ])('asks, and %s stops the loop', (answer, now) => {
    const pressed = watching().press('x');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press(answer).wishes()).toEqual([sent({ type: 'stop', now })]);
    expect(pressed.state).toMatchObject({ overlay: null, screen: { kind: 'monitor' } });
  });

  test('asks, and lets it be', () => {
    expect(watching().press('x', 'escape').wishes()).toEqual([]);
  });

  test('while the loop is stopping, Esc takes it back once nothing else is open', () => {
    const pressed = watching({ kind: 'stopping' }).press('j', 'escape');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.press('escape').wishes()).toEqual([sent({ type: 'resume' })]);
  });

  test('while the loop is stopping, it asks whether to interrupt', () => {
    expect(watching({ kind: 'stopping' }).press('x', 'y').wishes()).toEqual([
      sent({ type: 'stop', now: true }),
    ]);
    expect(watching({ kind: 'stopping' }).press('x', 'escape').wishes()).toEqual([]);
  });

  test('a question about a stop goes when that is over or was taken back elsewhere', () => {
    const pressed = () => watching({ kind: 'stopping' }).press('x');
    expect(pressed().see({ status: { kind: 'generating' } }).state.overlay).toBeNull();
    expect(pressed().see({ status: { kind: 'stopped', reason: 'asked' } }).state.overlay).toBeNull();
  });

  test('says that there is nothing to stop', () => {
    const pressed = watching({ kind: 'stopped', reason: 'asked' }, false).press('x');
    expect(pressed.state.note?.text).toBe('The loop has stopped already.');
  });
});

describe('Enter', () => {
  const stopped = { kind: 'stopped', reason: 'asked' } as const;

  test('starts a stopped loop again', () => {
    expect(watching(stopped, false).press('enter').wishes()).toMatchObject([sent({ type: 'start' })]);
  });

  test('shows the file that is selected all the same', () => {
    const pressed = watching(stopped, false).press('j', 'enter');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.monitor.areDetailsOpen).toBe(true);
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
