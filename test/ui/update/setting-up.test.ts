import { describe, expect, test } from 'vitest';
import { defaultParameters } from '../../../source/generation/parameters.ts';
import type { Plan } from '../../../source/plan/plan.ts';
import { emptyBase, stepOf } from '../../../source/ui/setup/setup-state.ts';
import { examplePlan, exampleWebUi } from '../example-webui.ts';
import { firstDay, Pressed } from './pressing.ts';

const idle = { webUi: exampleWebUi, status: { kind: 'idle' }, running: null } as const;

function stepIn({ state: { screen } }: Pressed) {
  return screen.kind === 'setup' ? stepOf(screen.setup) : screen.kind;
}

function startedBy(pressed: Pressed): Plan | undefined {
  const start = pressed.wishes().find(({ type }) => type === 'send');
  return start?.type === 'send' && start.command.type === 'start' ? start.command.plan : undefined;
}

describe('the first day', () => {
  test('leads from the checkpoint over the prompts and the parameters to generating', () => {
    const pressed = firstDay();
    pressed.type('anima').press('enter').paste('一只猫\n油画').press('tab').type('blurry').press('enter');
    pressed.press('5', '1', '2', 'enter');
    const plan = startedBy(pressed);
    expect(plan).toMatchObject({
      checkpoint: 'animagine-xl.safetensors',
      parameters: {
        prompt: '一只猫\n油画',
        negativePrompt: 'blurry',
        width: 512,
        height: 270,
        sampler: 'DPM++ 2M',
      },
      seed: { kind: 'random' },
      goal: null,
    });
    expect(pressed.state.screen.kind).toBe('monitor');
  });

  test('Enter alone takes the checkpoint that the WebUI has selected', () => {
    const pressed = firstDay().press('enter', 'enter', 'enter');
    expect(startedBy(pressed)?.checkpoint).toBe('dreamshaper_8.safetensors [879db523c3]');
  });

  test('Esc clears the filter of the checkpoints', () => {
    const pressed = firstDay().type('nothing like it').press('escape', 'down', 'enter', 'enter', 'enter');
    expect(startedBy(pressed)?.checkpoint).toBe('dreamshaper_8.safetensors [879db523c3]');
  });

  test('Esc goes back a step, and nothing is lost', () => {
    const pressed = firstDay().press('enter').type('a fox').press('escape', 'enter', 'enter', 'enter');
    expect(startedBy(pressed)?.parameters.prompt).toBe('a fox');
  });

  test('a value out of range is said and not sent', () => {
    const pressed = firstDay().press('enter', 'enter').type('9999').press('enter');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toBe('Width must be a whole number from 64 to 4096.');
  });

  test('without a checkpoint it says which key looks again', () => {
    const pressed = new Pressed({ ...idle, webUi: { ...exampleWebUi, checkpoints: [] } }).press('enter');
    expect(pressed.state.note?.text).toContain('Ctrl-R');
    expect(pressed.press('ctrl+r').wishes()).toEqual([{ type: 'send', command: { type: 'refresh' } }]);
  });
});

describe('the second day', () => {
  test('starts with one key, with the title that the checkpoint has now', () => {
    const pressed = new Pressed(idle, { lastUsed: examplePlan });
    expect(pressed.state.screen.kind).toBe('ready');
    const plan = startedBy(pressed.press('enter'));
    expect(plan).toEqual({ ...examplePlan, checkpoint: 'dreamshaper_8.safetensors [879db523c3]' });
  });

  test('a sampler that is gone is replaced, and that is said', () => {
    const lastUsed = { ...examplePlan, parameters: { ...examplePlan.parameters, sampler: 'Gone' } };
    const pressed = new Pressed(idle, { lastUsed });
    expect(pressed.state.screen).toMatchObject({
      changes: ['This WebUI has no sampler Gone: DPM++ 2M is used.'],
    });
  });

  test('a checkpoint that is gone is asked for, with the rest as it was', () => {
    const pressed = new Pressed(idle, { lastUsed: { ...examplePlan, checkpoint: 'gone.safetensors' } });
    expect(pressed.state.note?.text).toContain('gone.safetensors');
    expect(startedBy(pressed.press('enter', 'enter', 'enter'))?.parameters.prompt).toBe(
      'a lighthouse at dusk',
    );
  });

  test('one thing may be changed before', () => {
    const pressed = new Pressed(idle, { lastUsed: examplePlan });
    pressed.press('e', 'ctrl+u').type('a fox').press('enter', 'enter');
    expect(startedBy(pressed)).toMatchObject({ seed: examplePlan.seed, parameters: { prompt: 'a fox' } });
  });

  test('something new begins without the old prompt, which is one key away', () => {
    const pressed = new Pressed(idle, { lastUsed: examplePlan, promptHistory: ['a lighthouse at dusk'] });
    pressed.press('n', 'enter').type('a fo').press('ctrl+p');
    const prompt = () =>
      pressed.state.screen.kind === 'setup' ? pressed.state.screen.setup.prompts.prompt.text : '';
    expect(prompt()).toBe('a lighthouse at dusk');
    pressed.press('ctrl+n');
    expect(prompt()).toBe('a fo');
  });
});

describe('given on the command line', () => {
  test('it starts as soon as the WebUI answers', () => {
    const pressed = new Pressed(
      { webUi: null, status: { kind: 'connecting', since: 0, attemptCount: 1 }, running: null },
      { startAtOnce: examplePlan },
    );
    expect(pressed.state.screen.kind).toBe('connect');
    expect(startedBy(pressed.see(idle))?.parameters.prompt).toBe('a lighthouse at dusk');
  });

  test('names are found as the WebUI finds them', () => {
    const parameters = { ...examplePlan.parameters, sampler: 'euler A', scheduler: 'karras' };
    const pressed = new Pressed(idle, { startAtOnce: { ...examplePlan, parameters } });
    expect(startedBy(pressed)?.parameters).toMatchObject({ sampler: 'Euler a', scheduler: 'Karras' });
  });

  test('a sampler that is unknown is not replaced in silence', () => {
    const parameters = { ...examplePlan.parameters, sampler: 'Eulr a' };
    const pressed = new Pressed(idle, { startAtOnce: { ...examplePlan, parameters } });
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toBe(
      'This WebUI has no sampler Eulr a (close to it: Euler a): DPM++ 2M is used.',
    );
    expect(startedBy(pressed.press('enter'))?.parameters).toMatchObject({
      sampler: 'DPM++ 2M',
      prompt: 'a lighthouse at dusk',
    });
  });

  test('a checkpoint that is unknown is asked for', () => {
    const pressed = new Pressed(idle, { startAtOnce: { ...examplePlan, checkpoint: 'dreamshapr_8' } });
    expect(pressed.state.screen.kind).toBe('setup');
    expect(pressed.state.note?.text).toContain('dreamshaper_8.safetensors');
  });
});

describe('partly given on the command line', () => {
  test('a model leads straight to the prompt, and Esc to the checkpoint', () => {
    const given = { ...emptyBase, checkpoint: '演示-水墨' };
    const pressed = new Pressed(idle, { given });
    expect(stepIn(pressed)).toBe('prompts');
    expect(startedBy(pressed.type('a fox').press('enter', 'enter'))?.checkpoint).toBe(
      '演示-水墨.safetensors',
    );
    expect(stepIn(new Pressed(idle, { given }).press('escape'))).toBe('checkpoint');
  });

  test('a model that is unknown is said, among the names that it is part of', () => {
    const pressed = new Pressed(idle, { given: { ...emptyBase, checkpoint: 'anima' } });
    expect(pressed.state.note?.text).toMatch(/^This WebUI has no checkpoint anima\./);
    expect(startedBy(pressed.press('enter', 'enter', 'enter'))?.checkpoint).toBe('animagine-xl.safetensors');
  });

  test('a prompt, sizes and a goal are there when the checkpoint is chosen', () => {
    const parameters = { ...defaultParameters, prompt: 'a fox', steps: 33 };
    const goal = { kind: 'images', count: 8 } as const;
    const pressed = new Pressed(idle, { given: { ...emptyBase, parameters, goal } });
    expect(startedBy(pressed.press('enter', 'enter', 'enter'))).toMatchObject({
      parameters: { prompt: 'a fox', steps: 33 },
      goal,
    });
  });
});

test('restoring faces stays wanted on a WebUI that cannot', () => {
  const webUi = { ...exampleWebUi, hasFaceRestoration: false };
  const lastUsed = { ...examplePlan, parameters: { ...examplePlan.parameters, restoreFaces: true } };
  expect(
    startedBy(new Pressed({ ...idle, webUi }, { lastUsed }).press('enter'))?.parameters.restoreFaces,
  ).toBe(true);
  const again = new Pressed({ ...idle, webUi }, { lastUsed }).press('n', 'enter', 'enter', 'enter');
  expect(startedBy(again)?.parameters.restoreFaces).toBe(true);
});

describe('another address', () => {
  const away = {
    webUi: null,
    running: null,
    status: { kind: 'connecting', since: 0, attemptCount: 1 },
  } as const;

  test('is typed as people write it', () => {
    const pressed = new Pressed(away)
      .press('u', 'ctrl+u')
      .type('gpu-box:7861')
      .press('tab')
      .type('me:secret')
      .press('enter');
    expect(pressed.wishes()).toEqual([{ type: 'connect', url: 'http://gpu-box:7861', auth: 'me:secret' }]);
  });

  test('is not sent the password that stood beside the old one', () => {
    const kept = { auth: 'me:secret' };
    const moved = new Pressed(away, kept).press('u', 'ctrl+u').type('gpu-box:7861').press('enter');
    expect(moved.wishes()).toEqual([{ type: 'connect', url: 'http://gpu-box:7861', auth: null }]);
    const same = new Pressed(away, kept).press('u', 'enter');
    expect(same.wishes()).toMatchObject([{ type: 'connect', auth: 'me:secret' }]);
  });

  test.each(['', 'http://', 'ftp://a', 'a b'])('%j is no address, and is said', (text) => {
    const pressed = new Pressed(away).press('u', 'ctrl+u').type(text).press('enter');
    expect(pressed.wishes()).toEqual([]);
    expect(pressed.state.note?.text).toContain('http://127.0.0.1:7860');
  });

  test('is not taken away by a WebUI that answers meanwhile', () => {
    const pressed = new Pressed(away).press('u').see(idle);
    expect(pressed.state.screen.kind).toBe('connect');
    expect(pressed.press('escape').see({}).state.screen.kind).toBe('setup');
  });
});
