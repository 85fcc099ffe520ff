import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { waitFor } from '../helpers/wait-for.ts';
import { examplePlan, exampleWebUi } from './example-webui.ts';
import { exampleNow } from './monitor/example-snapshot.ts';
import { openScreen } from './open-screen.ts';

const idle = { webUi: exampleWebUi, status: { kind: 'idle' }, running: null, messages: [] } as const;
const generating = { webUi: exampleWebUi, plan: examplePlan, messages: [] } as const;
const away = {
  webUi: null,
  running: null,
  messages: [],
  status: {
    kind: 'retrying',
    nextAttemptAt: 0,
    attemptCount: 3,
    failure: { kind: 'unreachable', detail: '' },
  },
} as const;

describe('the first day at 80x24', () => {
  test('from the checkpoint to generating, a Chinese prompt pasted and typed', async () => {
    const screen = openScreen({ snapshot: idle });
    await screen.sees('› dreamshaper_8.safetensors');
    expect(screen.terminal.lines()[0]).toMatch(/^ sdloop {2}○ ready/);
    expect(screen.terminal.lines()[1]).toMatch(/^╭ Checkpoint {2}step 1 of 3 ─+ 3 ─╮$/);
    screen.type('safe dre');
    await screen.sees('1 of 3');
    screen.type('\r');
    await screen.sees('Prompt  step 2 of 3');
    screen.type('\u001b[200~一只猫坐在窗边，\u001b[201~');
    screen.type('油画');
    await screen.sees('│ 一只猫坐在窗边，油画');
    await waitFor(() => screen.terminal.cursor().column === 22 && screen.terminal.cursor().row === 2);
    expect(screen.terminal.modes().isCursorVisible).toBe(true);
    screen.type('\r');
    await screen.sees('Parameters  step 3 of 3');
    await screen.sees('One generation: 4 images of 480x270');
    screen.type('\r');
    await waitFor(() => screen.commands.length > 0);
    expect(screen.commands).toMatchObject([
      { type: 'start', plan: { checkpoint: 'dreamshaper_8.safetensors [879db523c3]' } },
    ]);
    expect(screen.plans[0]?.parameters.prompt).toBe('一只猫坐在窗边，油画');
  });

  test('nothing found says which key helps', async () => {
    const screen = openScreen({ snapshot: idle });
    screen.type('xyz');
    await screen.sees('No name has "xyz" in it. Ctrl-U clears the filter.');
  });
});

test('the cursor stands where the filter of the files is typed, for input methods to compose at', async () => {
  const screen = openScreen({ snapshot: generating });
  await screen.sees('03247-');
  screen.type('/猫');
  await screen.sees('│ /猫');
  const row = screen.terminal.lines().findIndex((line) => line.includes('/猫'));
  await waitFor(() => screen.terminal.cursor().row === row && screen.terminal.cursor().column === 5);
  expect(screen.terminal.modes().isCursorVisible).toBe(true);
});

test('a WebUI that is away is said, with what to do and when it is tried again', async () => {
  const screen = openScreen({ snapshot: away });
  await screen.sees('No WebUI answers at http://127.0.0.1:7860.');
  await screen.sees('--api');
  await screen.sees('Trying now, after 3 attempts');
  await screen.sees(/r try now {2}u address .*\? help {2}q leave/);
  screen.type('u');
  await screen.sees('Address of the WebUI');
  screen.type('\u001b');
  await screen.sees('No WebUI answers');
});

test('settings that could not be read are said on the screen too, until the next key', async () => {
  const trouble = 'The settings in /home/\u001b[31mme/config.json are broken; defaults are used.';
  const screen = openScreen({ snapshot: idle, initial: { trouble } });
  await screen.sees('The settings in /home/[31mme/config.json are broken; defaults are used.');
  screen.type('d');
  await waitFor(() => !screen.terminal.lines().some((line) => line.includes('are broken')));
});

test('what was started and cannot be kept is said', async () => {
  const screen = openScreen({
    snapshot: idle,
    initial: { startAtOnce: examplePlan },
    saveTrouble: 'The settings cannot be kept in /x/config.json: EROFS.',
  });
  await screen.sees('The settings cannot be kept in /x/config.json: EROFS.');
});

test('the second day shows all that Enter will repeat', async () => {
  const screen = openScreen({ snapshot: idle, initial: { lastUsed: examplePlan } });
  await screen.sees(/Checkpoint +dreamshaper_8/);
  await screen.sees(/Prompt +a lighthouse at dusk/);
  await screen.sees('480x270 · 4 at a time · 20 steps · Euler a · CFG 7');
  await screen.sees(/Seed +1234/);
  await screen.sees(/↵ generate .*q leave/);
});

describe.each([
  [120, 40],
  [80, 24],
  [60, 16],
])('at %ix%i', (columns, rows) => {
  test.each([
    ['connecting', { snapshot: away }],
    ['picking', { snapshot: idle }],
    ['once more', { snapshot: idle, initial: { lastUsed: examplePlan } }],
    ['watching', { snapshot: generating }],
  ])('%s fills the screen, with help in its last line', async (_, options) => {
    const screen = openScreen({ ...options, columns, rows });
    await screen.sees('help');
    const lines = screen.terminal.lines();
    expect(lines).toHaveLength(rows);
    expect(lines[0]).toMatch(/^ sdloop/);
    expect(lines.at(-1)).toMatch(/help .*leave/);
    expect(lines.at(-3)).toMatch(/^╰─+╯$/);
  });

  test('the parameters fit', async () => {
    const screen = openScreen({ snapshot: generating, columns, rows });
    await screen.sees('generating');
    screen.type('o');
    await screen.sees(/Restore faces +yes/);
  });
});

describe('the terminal', () => {
  test('is given back as it was', async () => {
    const screen = openScreen({
      snapshot: { ...generating, status: { kind: 'paused', since: 0 }, running: null },
    });
    await screen.sees('paused');
    await screen.isReading();
    expect(screen.terminal.modes().isAlternateScreen).toBe(true);
    expect(screen.terminal.title()).toContain('paused');
    screen.type('q');
    expect(await screen.end).toEqual({ how: 'left' });
    expect(screen.terminal.modes()).toEqual({
      isAlternateScreen: false,
      isBracketedPaste: false,
      isCursorVisible: true,
      isFrameOpen: false,
      isMouseTracked: false,
    });
    expect(screen.writes.at(-1)).toContain('\u001b[23;2t');
  });

  test('is not sent the first frame a second time when keys are read', async () => {
    const screen = openScreen({ snapshot: generating });
    await screen.isReading();
    const sent = screen.writes.join('');
    expect(sent.split('03247-')).toHaveLength(2);
    expect(sent.split('\u001b[?1049h')).toHaveLength(2);
    screen.type('j');
    await screen.sees('03246-');
    expect(screen.terminal.lines()[0]).toMatch(/^ sdloop/);
    expect(screen.terminal.lines().at(-1)).toContain('help');
  });

  test('that changes its size right after the first frame is drawn whole', async () => {
    const screen = openScreen({ snapshot: generating });
    screen.resize(100, 30);
    await screen.isReading();
    const lines = screen.terminal.lines();
    expect(lines[0]).toMatch(/^ sdloop/);
    expect(lines[1]).toMatch(/^╭.{98}╮$/);
    expect(lines.at(-1)).toContain('help');
  });

  test('shows what happened before keys are read', async () => {
    const screen = openScreen({ snapshot: generating });
    screen.see({ messages: [{ id: 2, at: Date.now(), tone: 'info', text: 'in between' }] });
    await screen.sees('in between');
    expect(screen.terminal.lines()[0]).toMatch(/^ sdloop/);
    expect(screen.terminal.lines()).toHaveLength(24);
  });

  test.each([
    ['larger', 120, 40],
    ['smaller', 60, 16],
    ['wider and lower', 140, 20],
    ['narrower and higher', 70, 50],
  ])('made %s is redrawn in one write', async (_, columns, rows) => {
    const screen = openScreen({ snapshot: generating, columns: 80, rows: 24 });
    await screen.sees('help');
    await screen.isReading();
    const before = screen.writes.length;
    screen.resize(columns, rows);
    const lines = await waitFor(() => screen.writes.length > before && screen.terminal.lines());
    screen.see({ messages: [{ id: 2, at: Date.now(), tone: 'info', text: 'the frame after it' }] });
    await screen.sees('the frame after it');
    expect(screen.writes.length).toBe(before + 2);
    expect(lines).toHaveLength(rows);
    expect(lines[0]?.length).toBeLessThanOrEqual(columns);
    expect(lines[1]).toMatch(new RegExp(`^╭.{${columns - 2}}╮$`));
    expect(lines.at(-3)).toMatch(new RegExp(`^╰─{${columns - 2}}╯$`));
    expect(lines.at(-1)).toContain('help');
    expect(lines.filter((line) => line.includes('sdloop'))).toHaveLength(1);
  });

  test('too small says how large it must be, and comes back', async () => {
    const screen = openScreen({ snapshot: generating });
    await screen.sees('help');
    screen.resize(30, 8);
    await screen.sees(/60/);
    await screen.sees(/16/);
    screen.resize(80, 24);
    await screen.sees(/\? help/);
  });

  test('that takes nothing holds back frames, and then gets the newest only', async () => {
    const screen = openScreen({ snapshot: generating });
    await screen.sees('generating');
    const thaw = screen.freeze();
    for (let id = 1; id <= 8; id++) {
      screen.see({ messages: [{ id, at: Date.now(), tone: 'info', text: `${id} came` }] });
      // Longer than Ink waits between two frames.
      await delay(60);
    }
    const before = screen.writes.length;
    thaw();
    await screen.sees('8 came');
    expect(screen.writes.slice(before).join('')).not.toMatch(/[4-7] came/);
  });

  test('gets no byte while nothing changes', async () => {
    const screen = openScreen({
      snapshot: { ...generating, status: { kind: 'paused', since: exampleNow }, running: null },
    });
    await screen.sees('paused');
    await screen.isReading();
    const before = screen.writes.length;
    for (let count = 0; count < 5; count++) {
      screen.see({});
      await delay(60);
    }
    expect(screen.writes.length).toBe(before);
  });

  test('inside tmux gets no marks of synchronised frames, and elsewhere whole ones', async () => {
    const inside = openScreen({ snapshot: generating, environment: { TMUX: '/tmp/tmux-0/default,1,0' } });
    await inside.sees('generating');
    expect(inside.writes.join('')).not.toContain('\u001b[?2026');
    const outside = openScreen({ snapshot: generating });
    await outside.sees('generating');
    for (const write of outside.writes) expect(write).toMatch(/^\u001b\[\?2026h.*\u001b\[\?2026l$/s);
  });

  test('is never told what a server or a file says to terminals', async () => {
    const hostile = 'x\u001b]2;hijacked\u0007\u001b[2J\u009b31m\u202ey';
    const screen = openScreen({
      snapshot: {
        ...idle,
        url: `http://127.0.0.1:7860/${hostile}`,
        webUi: {
          ...exampleWebUi,
          checkpoints: [{ title: hostile, name: hostile, hash: null, filename: null }],
        },
        messages: [{ id: 1, at: Date.now(), tone: 'bad', text: hostile }],
      },
      initial: { promptHistory: [hostile] },
    });
    await screen.sees('› x]2;hijacked[2J31my');
    screen.type('\r');
    await screen.sees('Prompt');
    screen.type('\u0010');
    await screen.sees('earlier 1 of 1');
    expect(screen.terminal.title()).not.toContain('hijacked');
  });

  test('without Unicode gets ASCII only', async () => {
    const screen = openScreen({ snapshot: generating, hasUnicode: false });
    await screen.sees('generating');
    screen.type('?');
    await screen.sees('The loop');
    expect(screen.writes.join('').replaceAll(/[\u0007\u001b\n]/g, '')).toMatch(/^[\x20-\x7e]*$/);
  });
});

test('a key that cannot act says why', async () => {
  const screen = openScreen({
    snapshot: { ...generating, status: { kind: 'paused', since: 0 }, running: null },
  });
  await screen.sees('paused');
  screen.type('s');
  await screen.sees('Nothing is being generated: there is nothing to skip.');
  expect(screen.commands).toEqual([]);
});

test('scrolling through the files asks for the ones that come into sight', async () => {
  const screen = openScreen({ snapshot: generating });
  await screen.sees('generating');
  await waitFor(() => screen.requests.length > 0);
  screen.type('G');
  await waitFor(() => screen.requests.some(({ firstIndex }) => firstIndex > 3_000));
});

test('help names every key, and scrolls where it is longer than the screen', async () => {
  const screen = openScreen({ snapshot: generating, columns: 60, rows: 16 });
  await screen.sees('generating');
  screen.type('?');
  await screen.sees(/Help ─+ 1-11 of \d+/);
  screen.type('\u001b[6~\u001b[6~\u001b[6~');
  await screen.sees('Everywhere');
  screen.type('\u001b');
  await screen.sees('● generating');
});
