import { describe, expect, test } from 'vitest';
import type { RunnerLink } from '../../../source/presentation/runner-link.ts';
import type { Snapshot } from '../../../source/presentation/snapshot.ts';
import { examplePlan, exampleWebUi } from '../example-webui.ts';
import { exampleNow, exampleSnapshot } from '../monitor/example-snapshot.ts';
import { Pressed } from './pressing.ts';

const live = { kind: 'live' } as const;
const starting = { kind: 'starting' } as const;
const lost = { kind: 'lost', at: exampleNow } as const;
const ended = { kind: 'ended', at: exampleNow, reason: 'The loop was stopped.' } as const;
const refused = { kind: 'refused', reason: 'Another version runs. Stop it first.' } as const;

const plan = { ...examplePlan, checkpoint: 'dreamshaper_8.safetensors [879db523c3]' };
const generating = { webUi: exampleWebUi, plan } as const;

function watchingUnder(link: RunnerLink, snapshot: Partial<Snapshot> = {}): Pressed {
  const pressed = new Pressed({ ...generating, ...snapshot }).seeLink(link);
  pressed.wishes();
  return pressed;
}

const restart = { type: 'restart' };
const sent = (command: object) => ({ type: 'send', command });

describe('a runner that died', () => {
  test.each(['r', 'enter'])('is started again by %s', (key) => {
    expect(watchingUnder(lost).press(key).wishes()).toEqual([restart]);
  });

  test.each(['p', 'space', 's', '!', 'x', 'c', 'e', 'o', 'n'])('makes %s say why it cannot', (key) => {
    const pressed = watchingUnder(lost).press(key);
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toMatch(/runner died: r starts it again/);
  });

  test('leaves Enter to a selected file, and q as it is', () => {
    expect(watchingUnder(lost).press('j', 'enter').wishes()).toEqual([]);
    expect(watchingUnder(lost).press('q').wishes()).toMatchObject([{ type: 'leave' }]);
  });

  test('is welcomed back, once', () => {
    const pressed = watchingUnder(lost).seeLink(starting).seeLink(live);
    expect(pressed.state.note).toEqual({ text: 'The runner is back.', tone: 'info' });
    expect(pressed.press('j').see({}).state.note).toBeNull();
    expect(pressed.wishes()).toEqual([]);
  });

  test.each(['s', '!', 'x'])('closes what %s asked', (key) => {
    const pressed = new Pressed(generating).press(key).seeLink(lost);
    expect(pressed.state.overlay).toBeNull();
    expect(pressed.press('y').wishes()).toEqual([]);
  });

  test('while something is being written loses none of it, and gets it when it is back', () => {
    const pressed = new Pressed(generating).press('e', 'ctrl+u').type('a fox').seeLink(lost);
    expect(pressed.type('es').press('enter').wishes()).toMatchObject([restart, { type: 'remember' }]);
    pressed.seeLink(starting, exampleSnapshot({ webUi: null, running: null }));
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.seeLink(live, generating).wishes()).toMatchObject([
      sent({ type: 'change-plan', plan: { parameters: { prompt: 'a foxes' } } }),
    ]);
    expect(pressed.seeLink(lost).seeLink(live).wishes()).toEqual([]);
  });

  test('and came back without a plan is told to start what was written', () => {
    const pressed = new Pressed(generating).press('e').type('!').seeLink(lost).press('enter');
    pressed.wishes();
    expect(pressed.seeLink(live, { plan: null }).wishes()).toMatchObject([sent({ type: 'start' })]);
  });

  test('while it was connecting can be started again from there', () => {
    const connecting = { kind: 'connecting', since: 0, attemptCount: 1 } as const;
    const away = { webUi: null, plan: null, running: null, status: connecting };
    const pressed = new Pressed(away).seeLink(lost);
    expect(pressed.press('u').state.note?.text).toMatch(/runner died/);
    expect(pressed.press('r').wishes()).toEqual([restart]);
  });

  test('does not get an address that was typed, and that is said', () => {
    const connecting = { kind: 'connecting', since: 0, attemptCount: 1 } as const;
    const away = { webUi: null, plan: null, running: null, status: connecting };
    const pressed = new Pressed(away).press('u').type('1').seeLink(lost).press('enter');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state).toMatchObject({
      note: { text: expect.stringMatching(/runner died/) },
      screen: { address: { url: { text: 'http://127.0.0.1:78601' } } },
    });
  });
});

describe('a loop that ended in good order', () => {
  test.each(['p', 'enter'])('is started again by %s, with the same plan', (key) => {
    const pressed = watchingUnder(ended).press(key);
    expect(pressed.wishes()).toEqual([restart]);
    expect(pressed.seeLink(starting).seeLink(live).wishes()).toEqual([sent({ type: 'start', plan })]);
  });

  test('takes something new', () => {
    const pressed = watchingUnder(ended).press('n', 'enter').type('a fox').press('enter', 'enter');
    expect(pressed.wishes()).toMatchObject([restart, { type: 'remember' }]);
    expect(pressed.seeLink(live).wishes()).toMatchObject([
      sent({ type: 'start', plan: { parameters: { prompt: 'a fox' } } }),
    ]);
  });

  test.each(['s', '!', 'x'])('makes %s say why it cannot', (key) => {
    const pressed = watchingUnder(ended).press(key);
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toMatch(/has ended/);
  });

  test('without a plan only gets its runner back', () => {
    const pressed = watchingUnder(ended, { plan: null, status: { kind: 'idle' }, running: null });
    expect(pressed.seeLink(live).wishes()).toEqual([]);
  });
});

describe('a runner that cannot be had', () => {
  test('gets nothing, says why, and forgets what waited for it', () => {
    const pressed = watchingUnder(ended).press('p').seeLink(refused);
    pressed.wishes();
    expect(pressed.press('p').state.note?.text).toBe(refused.reason);
    expect(pressed.seeLink(live).wishes()).toEqual([]);
  });

  test('takes nothing away of what is being written', () => {
    const pressed = new Pressed(generating).press('e').type('!').seeLink(refused).press('enter');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state).toMatchObject({ screen: { kind: 'setup' }, note: { text: refused.reason } });
  });
});

describe('opening', () => {
  const empty = { webUi: null, plan: null, running: null, messages: [] } as const;

  test('waits while the runner is being started, and nobody is welcomed back', () => {
    const connecting = { kind: 'connecting', since: 0, attemptCount: 1 } as const;
    const pressed = new Pressed({ ...empty, status: connecting }, {}, starting);
    expect(pressed.state.screen.kind).toBe('connect');
    pressed.seeLink(live, { ...generating });
    expect(pressed.state).toMatchObject({ screen: { kind: 'monitor' }, note: null });
  });

  test('on a loop that has a plan goes straight to it and says that it keeps its plan', () => {
    const pressed = new Pressed(generating, { startAtOnce: examplePlan });
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state).toMatchObject({
      screen: { kind: 'monitor' },
      startAtOnce: null,
      note: { text: expect.stringMatching(/keeps its plan; c, e, o change it/) },
    });
  });

  test('on a runner that died does not speak of a loop that runs', () => {
    const pressed = new Pressed(generating, { startAtOnce: examplePlan }, lost);
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state).toMatchObject({ screen: { kind: 'monitor' }, note: null });
  });

  test('on a loop that has stopped starts what was given', () => {
    const status = { kind: 'stopped', reason: 'asked' } as const;
    const pressed = new Pressed({ ...generating, status, running: null }, { startAtOnce: examplePlan });
    expect(pressed.wishes()).toMatchObject([sent({ type: 'start' }), { type: 'remember' }]);
  });

  test('shows what happened meanwhile until the first key or paste', () => {
    expect(new Pressed(generating).state.isAbsenceShown).toBe(true);
    expect(new Pressed(generating).see({}).state.isAbsenceShown).toBe(true);
    expect(new Pressed(generating).press('j').state.isAbsenceShown).toBe(false);
    expect(new Pressed(generating).paste('x').state.isAbsenceShown).toBe(false);
  });
});

test('what another screen does is followed, and what is being written here stays', () => {
  const pressed = new Pressed(generating).press('e', 'ctrl+u').type('a fox');
  pressed.see({ status: { kind: 'paused', since: 0 }, running: null });
  pressed.see({ plan: { ...plan, parameters: { ...plan.parameters, prompt: 'a cat' } } });
  expect(pressed.press('enter').wishes()).toMatchObject([
    sent({ type: 'change-plan', plan: { parameters: { prompt: 'a fox' } } }),
    { type: 'remember' },
  ]);
});
