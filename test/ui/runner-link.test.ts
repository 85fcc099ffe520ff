import { describe, expect, test } from 'vitest';
import type { Absence } from '../../source/presentation/snapshot.ts';
import { nothingNotMade } from '../../source/stats/not-made.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { examplePlan, exampleWebUi } from './example-webui.ts';
import { exampleFiles, exampleNow, exampleRunning, exampleSnapshot } from './monitor/example-snapshot.ts';
import { type OpenScreen, openScreen } from './open-screen.ts';

const generating = { webUi: exampleWebUi, plan: examplePlan, messages: [] } as const;
/** What a connection holds while nobody has answered yet. */
const empty = {
  webUi: null,
  plan: null,
  running: null,
  messages: [],
  status: { kind: 'connecting', since: exampleNow, attemptCount: 1 },
} as const;
const noFiles = exampleFiles({ rows: [], totalCount: 0, matchCount: 0 });
const live = { kind: 'live' } as const;
const sixHours = 6.2 * 3_600_000;
const lost = () => ({ kind: 'lost', at: Date.now() - sixHours }) as const;

function absence(): Absence {
  const until = Date.now();
  return {
    since: until - sixHours,
    until,
    imageCount: 3_248,
    ...nothingNotMade,
    failures: [{ kind: 'out-of-memory', count: 1 }],
    slowestHour: null,
  };
}

const sizes: readonly (readonly [number, number])[] = [
  [120, 40],
  [80, 24],
  [60, 16],
];

/** Whether every cell with something in it between the header and the message line is dim or the selected row. */
function isBodyDim({ terminal }: OpenScreen): boolean {
  const lines = terminal.lines();
  return lines.slice(1, -2).every((line, index) =>
    Array.from(line).every((character, column) => {
      const cell = terminal.cellAt(column, index + 1);
      return character === ' ' || cell.isDim || cell.isInverse;
    }),
  );
}

describe.each(sizes)('at %ix%i', (columns, rows) => {
  test('a runner that died leaves its last snapshot, dimmed and dated, with the key that starts it again', async () => {
    const screen = openScreen({ snapshot: generating, columns, rows });
    await screen.sees('● generating');
    expect(isBodyDim(screen)).toBe(false);
    screen.link(lost());
    await screen.sees(/^ sdloop {2}! runner died as of \d\d:\d\d:\d\d, 6 h 12 m ago/);
    await screen.sees('03247-');
    await screen.sees('14/20');
    await screen.sees(/ r (re)?starts it .*look/);
    await screen.sees(/^ ↵ r start again .*help .*leave/);
    expect(isBodyDim(screen)).toBe(true);
    expect(screen.terminal.title()).toBe('! runner died - sdloop');
    screen.type('r');
    await waitFor(() => screen.restartCount() === 1);
    expect(screen.commands).toEqual([]);
  });

  test('a loop that ended says why, and starts again with its plan', async () => {
    const screen = openScreen({ snapshot: generating, columns, rows });
    await screen.sees('● generating');
    screen.link({ kind: 'ended', at: Date.now(), reason: 'The loop was stopped by another screen.' });
    await screen.sees(/^ sdloop {2}■ stopped/);
    await screen.sees('The loop was stopped by another screen.');
    await screen.sees('3 248 images in 3 h 12 m.');
    screen.type('\r');
    await waitFor(() => screen.restartCount() === 1);
    screen.link({ kind: 'starting' }, empty);
    screen.link(live, exampleSnapshot(generating));
    await waitFor(() => screen.commands.length > 0);
    expect(screen.commands).toEqual([{ type: 'start', plan: examplePlan }]);
  });

  test('a runner that cannot be had is said in full', async () => {
    const reason =
      'A runner of version 0.2.0 performs the loop, and this is 0.1.0. `sdloop stop` ends it, then start again.';
    const screen = openScreen({ snapshot: empty, link: { kind: 'refused', reason }, columns, rows });
    await screen.sees(/^ sdloop {2}! no runner/);
    await screen.sees('Press q to leave.');
    const text = screen.terminal.lines().join(' ').replaceAll(/[│ ]+/g, ' ');
    expect(text).toContain(reason);
    screen.type('q');
    expect(await screen.end).toEqual({ how: 'left' });
  });

  test('coming back, the first frame holds what happened meanwhile, until a key is pressed', async () => {
    const screen = openScreen({ snapshot: { ...generating, absence: absence() }, columns, rows });
    await waitFor(() => screen.writes.some((write) => write.includes('sdloop')));
    const frame = screen.writes.find((write) => write.includes('\u001b[1m sdloop')) ?? '';
    expect(frame).toContain('since you left 6 h 12 m ago: 3 248 images');
    expect(frame).toContain('generating');
    expect(screen.writes.join('')).not.toContain('connecting');
    screen.type('j');
    await waitFor(() => !screen.terminal.lines().some((line) => line.includes('since you left')));
  });
});

test('a runner being started is said, with how long', async () => {
  const screen = openScreen({ snapshot: empty, link: { kind: 'starting' } });
  await screen.sees(/^ sdloop {2}◌ starting \d s/);
  await screen.sees(/runner is being started: \d s/);
  screen.link(live, exampleSnapshot(generating));
  await screen.sees('● generating');
  expect(screen.terminal.lines().join('\n')).not.toContain('back');
});

test('the last snapshot stays while a runner is started again, and goes on where it was', async () => {
  const screen = openScreen({ snapshot: generating });
  await screen.sees('● generating');
  screen.type('jj');
  screen.link(lost());
  await screen.sees('runner died');
  screen.type('r');
  screen.link({ kind: 'starting' }, { ...empty, files: noFiles });
  await screen.sees('◌ starting');
  await screen.sees('03247-');
  await screen.sees('14/20');
  expect(isBodyDim(screen)).toBe(true);
  const asked = screen.requests.length;
  screen.link(live, exampleSnapshot(generating));
  await screen.sees('The runner is back.');
  await screen.sees('● generating');
  expect(isBodyDim(screen)).toBe(false);
  expect(screen.requests.length).toBeGreaterThan(asked);
});

test('nothing ticks in what a runner left that died', async () => {
  const running = { ...exampleRunning, isPreparing: true };
  const status = { kind: 'connecting', since: 0, attemptCount: 1 } as const;
  const screen = openScreen({ snapshot: { ...generating, running, status }, link: lost() });
  await screen.sees('runner died');
  await screen.isReading();
  const before = screen.writes.length;
  for (let count = 0; count < 3; count++) screen.see({});
  screen.see({ messages: [] });
  screen.type('?');
  await screen.sees('The loop');
  expect(screen.writes.length).toBe(before + 1);
});

describe('a ledger that cannot be written', () => {
  const ledgerTrouble = 'The ledger cannot be written: the disk is \u001b[31mfull.';
  const clean = 'The ledger cannot be written: the disk is [31mfull.';

  test('is said for as long as it lasts', async () => {
    const old = { id: 1, at: Date.now() - 60_000, tone: 'info', text: 'Resumed.' } as const;
    const screen = openScreen({ snapshot: { ...generating, messages: [old], ledgerTrouble } });
    await screen.sees(clean);
    screen.type('j');
    screen.see({ ledgerTrouble: null });
    await screen.sees('Resumed.');
  });

  test.each(sizes)(
    'lets a new message and a question be read at %ix%i, and stays marked',
    async (columns, rows) => {
      const text = 'A message that is longer than the whole line on which it is to be read. '.repeat(3);
      const fresh = { id: 2, at: Date.now(), tone: 'info', text } as const;
      const screen = openScreen({
        columns,
        rows,
        snapshot: { ...generating, messages: [fresh], ledgerTrouble },
      });
      await screen.sees(/A message that is longer .*… {2}! ledger ?$/);
      screen.type('x');
      await screen.sees(/Let #812 finish first\? +! ledger ?$/);
    },
  );

  test('leaves what happened meanwhile a wording that fits beside its mark', async () => {
    const failures = [
      { kind: 'connection-lost', count: 2 },
      { kind: 'out-of-memory', count: 1 },
    ] as const;
    const told = { ...absence(), failures };
    const screen = openScreen({ snapshot: { ...generating, absence: told } });
    await screen.sees(/^ since you left 6 h 12 m ago: 3 248 images, 2 connection-lost, 1 out-of-memory$/);
    screen.see({ ledgerTrouble });
    await screen.sees(/^ since you left 6 h 12 m ago: 3 248 images, 3 failures +! ledger ?$/);
  });
});

test('stopping says how to take it back, and afterwards what it came to', async () => {
  const screen = openScreen({ snapshot: generating, columns: 60, rows: 16 });
  await screen.sees('x stop');
  screen.type('x');
  await screen.sees('Stop the loop? Let #812 finish first?');
  screen.type('f');
  await waitFor(() => screen.commands.length > 0);
  expect(screen.commands).toEqual([{ type: 'stop', now: false }]);
  screen.see({ status: { kind: 'stopping' } });
  await screen.sees('■ stopping');
  await screen.sees('Stopping after #812: Esc takes it back, x interrupts it.');
  screen.see({ status: { kind: 'stopped', reason: 'asked' }, running: null });
  await screen.sees('3 248 images in 3 h 12 m.');
  await screen.sees(/^ ↵ p start again/);
});

test('Ctrl-C says that the loop goes on, and pressed again leaves without touching it', async () => {
  const screen = openScreen({ snapshot: generating });
  await screen.sees('generating');
  screen.type('\u0003');
  await screen.sees('The loop goes on. Ctrl-C again leaves.');
  screen.type('\u0003');
  expect(await screen.end).toEqual({ how: 'signal', signal: 'SIGINT' });
  expect(screen.commands).toEqual([]);
});

test.each([lost(), { kind: 'starting' }, { kind: 'ended', at: exampleNow, reason: 'Done.' }] as const)(
  'without Unicode everything is said all the same: $kind',
  async (link) => {
    const screen = openScreen({ snapshot: generating, link, hasUnicode: false });
    await screen.sees(/^ sdloop {2}[!o#] (runner died|starting|stopped)/);
    expect(screen.terminal.lines().join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
  },
);
