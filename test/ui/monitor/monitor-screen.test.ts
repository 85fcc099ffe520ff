import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { RunnerLink } from '../../../source/presentation/runner-link.ts';
import type { LoopStatus, Snapshot } from '../../../source/presentation/snapshot.ts';
import { frameLines } from '../../../source/ui/frame.ts';
import { initialMonitorState, type MonitorState } from '../../../source/ui/monitor/monitor-state.ts';
import { noPreview } from '../../../source/ui/preview/preview-data.ts';
import { createMonitorPainter } from '../../../source/ui/screens/monitor.ts';
import type { Theme } from '../../../source/ui/theme.ts';
import { drawLines, drawRaw } from './draw.ts';
import {
  exampleFiles,
  exampleGeneration,
  exampleNow,
  exampleRow,
  exampleRunning,
  exampleSnapshot,
  exampleThroughput,
} from './example-snapshot.ts';

type Size = readonly [width: number, height: number];

/** The monitor's own area on terminals of 120x40, 80x24 and 60x16, and a wide one. */
const large: Size = [120, 37];
const usual: Size = [80, 21];
const small: Size = [60, 13];
const wide: Size = [180, 47];

const live = { kind: 'live' } as const;

function screen(
  snapshot: Snapshot,
  [width, height]: Size,
  state: MonitorState = initialMonitorState,
  link: RunnerLink = live,
  now = exampleNow,
) {
  const facts = { snapshot, link, state, width, height, preview: noPreview, now };
  return (theme: Theme) => frameLines({ bands: createMonitorPainter(theme)(facts), cursor: null }).join('\n');
}

function draw(overrides: Partial<Snapshot>, size: Size, state?: MonitorState, isAscii = false): string[] {
  return drawLines(screen(exampleSnapshot(overrides), size, state), { isAscii });
}

test('at 80x24', () => {
  const lines = draw({}, usual);
  expect(lines.slice(0, 9)).toEqual([
    '╭ Now ─────────────────────────────────╮╭ Throughput ──────────────────────────╮',
    '│ #812  dreamshaper_8 · 480x270 x4     ││ 21.4 img/min 2.80 s/image 7.91 it/s  │',
    '│ ━━━━━━━━━━━━━━━━━━━━─────────  14/20 ││ 3 248 images · 2 retried             │',
    '│ seeds 3005953957 … 60 · 3 s left     ││ GPU idle 0.04 %   VRAM 7.1/24 GB     │',
    '│ beautiful, masterpiece, best qualit… ││ ▆▇▆▇▆▆▇▆▇▆▆▇▆▇▆▆▇▆▇  0-25/min 9 m    │',
    '╰──────────────────────────────────────╯╰──────────────────────────────────────╯',
    '╭ /home/me/webui/outputs/txt2img-images/2026-11-22 ───── 3 248 files · 612 MB ─╮',
    '│ 14:03:21  03247-1296436483.png       1296436483    480x264  182 kB     2.7 s │',
    '│ 14:03:21  03246-1296436482.png       1296436482    480x264  182 kB     2.7 s │',
  ]);
  expect(lines).toHaveLength(21);
});

test('at 120x40 there is room for the sampler, more of the prompt and the generation of each file', () => {
  const lines = draw({}, large);
  expect(lines[1]).toContain('│ #812  dreamshaper_8 · 480x270 x4 · DPM++ 2M Karras       │');
  expect(lines[1]).toContain('21.4 images/min   2.80 s/image   7.91 it/s');
  expect(lines[5]).toContain('last 30 m');
  expect(lines[2]).toContain('3 248 images · 812 generations · 2 retried · 0 given up');
  expect(lines[5]).toContain('│ detailed, a lighthouse at dusk above a calm sea          │');
  expect(lines[8]).toContain('03247-1296436483.png');
  expect(lines[8]).toMatch(/1296436483 +480x264 +182 kB +2\.7 s +#811/);
  expect(lines).toHaveLength(37);
});

test('at 60x16 rate, seed and steps stay', () => {
  expect(draw({}, small).slice(0, 7)).toEqual([
    '╭ #812 dreamshaper_8 ──────────────────────────────────────╮',
    '│ ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━───────────────  14/20 │',
    '│ seeds 3005953957 … 60 · 3 s left                         │',
    '│ 21.4 images/min   2.80 s/image   7.91 it/s               │',
    '╰──────────────────────────────────────────────────────────╯',
    '╭ …uts/txt2img-images/2026-11-22 ─── 3 248 files · 612 MB ─╮',
    '│ 14:03:21  03247-1296436483.png     1296436483    480x264 │',
  ]);
});

test('a wide terminal shows messages beside the files', () => {
  const lines = draw({}, wide);
  expect(lines.find((line) => line.includes('The WebUI answers.'))).toMatch(/03247-.*14:03:21 {2}The WebUI/);
});

test('without Unicode everything is ASCII', () => {
  const history = [null, ...exampleThroughput.history];
  const lines = draw({ throughput: { ...exampleThroughput, history } }, large, undefined, true);
  expect(lines.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
});

const failure = { kind: 'out-of-memory', detail: '' } as const;
const states: [LoopStatus, RegExp][] = [
  [{ kind: 'connecting', since: exampleNow, attemptCount: 3 }, /Asking http:\/\/127\.0\.0\.1:7860/],
  [{ kind: 'idle' }, /Press n to/],
  [{ kind: 'generating' }, /next generation is on its way/],
  [{ kind: 'pausing' }, /Press p to resume/],
  [{ kind: 'paused', since: exampleNow }, /Press p to resume/],
  [
    { kind: 'retrying', nextAttemptAt: exampleNow, attemptCount: 1, failure },
    /GPU ran out of memory[\s\S]*Press r to try now/,
  ],
  [{ kind: 'stopping' }, /Ending/],
  [{ kind: 'stopped', reason: 'goal-reached' }, /3 248 images in 3 h 12 m/],
  [{ kind: 'needs-you', failure }, /GPU ran out of memory[\s\S]*Then press p to go on/],
];

test.each(states)('$kind without a running generation says why and what goes on', (status, text) => {
  for (const size of [large, usual, small])
    expect(draw({ status, running: null }, size).join('\n')).toMatch(text);
});

test('trouble takes the place of the figures of a generation that may be lost', () => {
  const status = { kind: 'needs-you', failure } as const;
  const text = draw({ status }, usual).join('\n');
  expect(text).toContain('The GPU ran out of memory.');
  expect(text).not.toContain('14/20');
});

test('a checkpoint being loaded says so and for how long', () => {
  const running = { ...exampleRunning, isPreparing: true, startedAt: exampleNow - 12_000 };
  expect(draw({ running }, usual)[2]).toContain('loading checkpoint 12 s');
});

test('estimates are marked and batches counted', () => {
  const running = { ...exampleRunning, isEstimated: true, batchNumber: 2, batchCount: 4 };
  const lines = draw({ running }, usual);
  expect(lines[2]).toContain('batch 2/4  ~14/20');
  expect(lines[3]).toContain('~3 s left');
});

test('hostile and wide text neither escapes nor breaks the frame', () => {
  const prompt = '日落时分的灯塔，平静的海面，杰作，最佳质量，极其精细的细节，电影般的光线与构图'.repeat(20);
  const { parameters } = exampleGeneration;
  const rows = [
    exampleRow(0, { name: '\u001b]0;pwned\u0007\u001b[2J\u202egnp.exe' }),
    exampleRow(1, { name: `${'画'.repeat(200)}.png`, origin: 'foreign', seed: null, generationId: null }),
    exampleRow(2, { name: '👨‍👩‍👧‍👦🇩🇪.png', origin: 'grid', durationMs: null, byteCount: null }),
    exampleRow(3, { width: 1e9, height: 1e9, byteCount: 1e300, durationMs: 1e15, generationId: 1e12 }),
  ];
  const snapshot = exampleSnapshot({
    running: {
      ...exampleRunning,
      generation: {
        ...exampleGeneration,
        checkpoint: '\u001b[31m模型\n',
        parameters: { ...parameters, prompt },
      },
    },
    files: exampleFiles({ rows, matchCount: 4, directory: '/tmp/\u001b[2J目录' }),
    throughput: {
      ...exampleThroughput,
      imageCount: 1e15,
      imagesPerMinute: 1e9,
      msPerImage: 1e12,
      givenUpCount: 1e9,
      replacedCount: 1e9,
      missingCount: 1e9,
    },
  });
  for (const size of [large, usual, small, wide]) {
    const lines = drawLines(screen(snapshot, size));
    expect(lines).toHaveLength(size[1]);
    expect(lines.map((line) => stringWidth(line))).toEqual(Array(size[1]).fill(size[0]));
    expect(drawRaw(screen(snapshot, size)).replaceAll(/\u001b\[\d*m|\n/g, '')).not.toMatch(
      /\p{Control}|\u202e/u,
    );
  }
});

test('grids and foreign files are marked', () => {
  const rows = [
    exampleRow(0, { origin: 'grid', seed: null }),
    exampleRow(1, { origin: 'foreign', seed: null }),
  ];
  const lines = draw({ files: exampleFiles({ rows, matchCount: 2 }) }, usual);
  expect(lines[7]).toMatch(/\.png +grid /);
  expect(lines[8]).toMatch(/\.png +foreign /);
});

test('what was there before this run is called earlier', () => {
  const rows = [exampleRow(0, { origin: 'foreign', seed: null, savedAt: exampleNow - 86_400_000 })];
  const files = exampleFiles({ rows, matchCount: 1 });
  expect(draw({ files }, usual)[7]).toMatch(/\.png +earlier /);
  const state = { ...initialMonitorState, selected: { id: 3_247, index: 0 }, areDetailsOpen: true };
  expect(draw({ files }, large, state).join('\n')).toContain('from before this run');
});

test('the generation that waits behind the running one is named where there is room', () => {
  const queued = { ...exampleGeneration, id: 813 };
  expect(draw({ queued }, large)[3]).toContain('seeds 3005953957 … 60 · 3 s left · then #813');
  expect(draw({ queued }, small)[2]).toContain('· then #813');
  expect(draw({ queued }, usual)[3]).toContain('3 s left     ││');
});

test('the graph names the time that it shows and no more', () => {
  const throughput = { ...exampleThroughput, history: [null, null, 20, 21], historyStepMs: 5_000 };
  expect(draw({ throughput }, large)[5]).toContain('last 10 s');
  expect(draw({ throughput }, usual)[4]).toContain('0-25/min 10 s');
});

const empty = { rows: [], totalCount: 0, matchCount: 0, totalByteCount: 0 };

test.each([
  [{ directory: null, status: { kind: 'unknown-directory' } }, /is not known yet/],
  [{ status: { kind: 'waiting-for-directory' } }, /this directory comes with the first one/],
  [{ status: { kind: 'reading', readCount: 12_400, since: exampleNow - 3_000 } }, /12 400 files in 3 s/],
  [{ status: { kind: 'watching' } }, /No images yet\. They come when a generation ends/],
  [{ status: { kind: 'polling', everyMs: 5_000 } }, /No images yet/],
  [{ status: { kind: 'unreadable', reason: 'EACCES: permission denied' } }, /cannot be read: EACCES/],
  [{ filter: 'xyz', totalCount: 9 }, /No file matches "xyz"\. Esc clears/],
] as const)('an empty list says why: %j', (view, text) => {
  const files = exampleFiles({ ...empty, ...view });
  expect(draw({ files }, usual, { ...initialMonitorState, filter: files.filter }).join('\n')).toMatch(text);
});

test('details show the whole path, and the filter line how many match', () => {
  const state = { ...initialMonitorState, selected: { id: 3_246, index: 1 }, areDetailsOpen: true };
  const lines = draw({}, usual, state);
  expect(lines.slice(-5, -1)).toEqual([
    `│ ${'─'.repeat(76)} │`,
    '│ /home/me/webui/outputs/txt2img-images/2026-11-22/03246-1296436482.png        │',
    '│ seed 1296436482 · #811 · 480x264 · 182 kB · 2.7 s/image · 14:03:21           │',
    `│ ${' '.repeat(76)} │`,
  ]);
  const filtering = { ...initialMonitorState, filter: '12964', isFilterOpen: true };
  const files = exampleFiles({ filter: '12964', matchCount: 1_200 });
  expect(draw({ files }, usual, filtering)[7]).toMatch(/^│ \/12964 +1 200 of 3 248 files │$/);
});

test('what a runner left that died stands still, however late it is', () => {
  const running = { ...exampleRunning, isPreparing: true, startedAt: exampleNow - 12_000 };
  const files = exampleFiles({
    rows: [],
    matchCount: 0,
    status: { kind: 'reading', readCount: 9, since: exampleNow },
  });
  const lost = { kind: 'lost', at: exampleNow } as const;
  const linesAt = (now: number) => {
    return drawLines(screen(exampleSnapshot({ running, files }), usual, initialMonitorState, lost, now));
  };
  expect(linesAt(exampleNow + 90_000_000)).toEqual(linesAt(exampleNow));
  expect(linesAt(exampleNow)[2]).toContain('loading checkpoint 12 s');
});

test('rows that have not come yet are held open and not skipped', () => {
  const state = { ...initialMonitorState, top: { id: null, index: 2_000 } };
  const lines = draw({}, usual, state);
  expect(lines[6]).toContain('from 2 001 of 3 248 files');
  expect(lines.slice(7, -1).every((line) => /^│ · +│$/.test(line))).toBe(true);
});

test('the space on the disk stands with the files: always where there is room, in a small terminal once a night is longer', () => {
  const hour = 3_600_000;
  const space = { freeBytes: 48.2e9, floorBytes: 2e9, fullInMs: 5.5 * hour };
  expect(draw({ space }, usual)[6]).toMatch(/3 248 files · 612 MB · 48 GB free, full in 5 h 30 m ─╮$/);
  expect(draw({ space: { ...space, fullInMs: 13 * hour } }, usual)[6]).toMatch(/612 MB ─╮$/);
  const lines = draw({ space: { ...space, fullInMs: 13 * hour } }, large);
  expect(lines.join('\n')).toContain('612 MB · 48 GB free, full in 13 h 00 m');
  expect(draw({ space: { ...space, fullInMs: 90 * 24 * hour } }, large).join('\n')).toContain('48 GB free ─');
  expect(draw({ space: null }, large).join('\n')).not.toContain('free');
});

test('a loop that has become slower says so beside the GPU', () => {
  const slowdown = { baselineMsPerImage: 500, msPerImage: 620, baselineGpuIdleShare: 0, gpuIdleShare: 0 };
  expect(draw({ slowdown }, usual)[3]).toContain('24 % slower   GPU idle 0.04 %');
  expect(draw({ slowdown }, large).join('\n')).toContain('24 % slower   GPU idle 0.04 %   VRAM 7.1/24 GB');
});
