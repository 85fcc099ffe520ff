import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { reportWords } from '../../source/commands/print/report-words.ts';
import { defaultParameters } from '../../source/generation/parameters.ts';
import { escapeHtml } from '../../source/presentation/escape-html.ts';
import type { CountedIncident, Report } from '../../source/presentation/report.ts';
import { reportPage } from '../../source/presentation/report-page.ts';

/** 22 November 2026, 21:00 where the test runs. */
const fromAt = new Date(2026, 10, 22, 21).getTime();
const hour = 3_600_000;

function incident(index: number, changes: Partial<CountedIncident> = {}): CountedIncident {
  const at = fromAt + index * 60_000;
  return {
    at,
    lastAt: at,
    count: 1,
    kind: 'unreachable',
    reason: 'No WebUI answers.',
    action: 'tried again after 8 s',
    ...changes,
  };
}

function reportWith(changes: Partial<Report> = {}): Report {
  return {
    fromAt,
    untilAt: fromAt + 9 * hour,
    runCount: 1,
    ending: 'ended',
    url: 'http://gpu:7860',
    version: 'v1.10.1',
    plan: {
      checkpoint: 'dreamshaper_8.safetensors [879db523c3]',
      parameters: { ...defaultParameters, prompt: 'a lighthouse at dusk', sampler: 'Euler' },
      seed: { kind: 'random' },
      goal: null,
    },
    imageCount: 3248,
    byteCount: 612e6,
    generationCount: 812,
    retryCount: 36,
    givenUpCount: 8,
    replacedCount: 4,
    missingCount: 0,
    awayMs: 250_000,
    activeMs: 8.5 * hour,
    gpuIdleMs: 62_000,
    chart: {
      stepMs: hour / 6,
      rates: Array.from({ length: 54 }, (_, index) => (index === 20 ? 0 : 6 + (index % 3))),
    },
    hours: {
      slowest: { startAt: fromAt + 6 * hour, imageCount: 12 },
      fastest: { startAt: fromAt + hour, imageCount: 480 },
    },
    checkpoints: [{ title: 'dreamshaper_8.safetensors [879db523c3]', imageCount: 3248, msPerImage: 2700 }],
    folders: [{ path: '/outputs/txt2img-images/2026-11-22', fileCount: 3248, byteCount: 612e6 }],
    incidents: [
      incident(10, { count: 34, lastAt: fromAt + 700_000 }),
      incident(20, { kind: 'paused', reason: 'A person paused the loop.', action: 'rested' }),
    ],
    ...changes,
  };
}

test('one page: when, what, how much, the pace, costs, hours, what it did by itself, incidents and files', () => {
  const text = reportWords(reportWith(), { isAscii: false });
  for (const words of [
    'When       22 Nov 21:00:00 to 23 Nov 06:00:00, 9 h 00 m; ended in good order',
    'Plan       dreamshaper_8, 480x270 x4, 20 steps, Euler, seed random',
    'Made       3 248 images, 812 generations, 612 MB in 1 folder',
    'Pace       6.37 images/min over 8 h 30 m at work, 9.42 s/image',
    'Costs      GPU idle 1 m 02 s (0.20 %), WebUI away 4 m 10 s, 8 images given up, 4',
    '           replaced by others, 36 retries',
    'slowest 03:00 on 23 Nov with 12 images; fastest 22:00 on 22 Nov with',
    'By itself  34 times tried again (unreachable)',
    'Images a minute, each column 10 m',
    '  22 Nov 21:10:00  No WebUI answers. Tried again after 8 s; 34 times within 1 m',
    '  22 Nov 21:20:00  A person paused the loop. Rested.',
    '/outputs/txt2img-images/2026-11-22',
  ]) {
    expect(text).toContain(words);
  }
});

test('checkpoints of the same name in several folders are told apart', () => {
  const titles = ['a/dream.safetensors', 'b/dream.safetensors', 'neon.safetensors'];
  const checkpoints = titles.map((title) => ({ title, imageCount: 4, msPerImage: 2700 }));
  const report = reportWith({ checkpoints });
  for (const words of [reportWords(report, { isAscii: false }), reportPage(report)]) {
    expect(words).toContain('a/dream.safetensors');
    expect(words).toContain('b/dream.safetensors');
    expect(words).toMatch(/neon\W/);
    expect(words).not.toContain('neon.safetensors');
  }
});

test('all that it did by itself is said, however much that is', () => {
  const kinds = [
    'unreachable',
    'busy',
    'server-error',
    'out-of-memory',
    'nan',
    'hung',
    'rate-limited',
  ] as const;
  const incidents = kinds.flatMap((kind, index) =>
    ['freed the memory of the WebUI', 'made images one by one from then on', 'gave the generation up'].map(
      (action) => incident(index, { kind, action }),
    ),
  );
  const text = reportWords(reportWith({ incidents }), { isAscii: false });
  const [facts = ''] = text.split('\n\n');
  for (const kind of kinds) expect(facts.match(new RegExp(`\\(${kind}\\)`, 'g'))).toHaveLength(3);
  expect(facts).not.toContain('…');
});

test('a night of many incidents stays a page, and says what it leaves out', () => {
  const incidents = Array.from({ length: 300 }, (_, index) => incident(index));
  const lines = reportWords(reportWith({ incidents }), { isAscii: false }).split('\n');
  expect(lines.length).toBeLessThan(120);
  expect(lines).toContain('  260 earlier ones are in --html and --json.');
});

const hostile = '<script>alert("x")</script>&\u001b[31m\u202e"\'>海边的灯塔'.repeat(20);

describe('whatever a server or a file is called', () => {
  const outside = fc.oneof(fc.constant(hostile), fc.string({ unit: 'binary', maxLength: 300 }));
  const reports = fc
    .record({
      text: outside,
      count: fc.nat({ max: 1e7 }),
      ms: fc.nat({ max: 1e10 }),
      rate: fc.option(fc.nat({ max: 1e4 })),
    })
    .map(({ text, count, ms, rate }) =>
      reportWith({
        untilAt: fromAt + ms,
        imageCount: count,
        activeMs: ms,
        url: text,
        version: text,
        plan: {
          checkpoint: text,
          parameters: { ...defaultParameters, prompt: text, sampler: text, scheduler: text },
          seed: { kind: 'random' },
          goal: { kind: 'images', count },
        },
        chart: { stepMs: 5000, rates: [rate, 3, null] },
        checkpoints: [text, `${text}2`].map((title) => ({ title, imageCount: count, msPerImage: ms })),
        folders: [{ path: text, fileCount: count, byteCount: count * 1e5 }],
        incidents: [incident(0, { reason: text, action: text, count: count + 1 })],
      }),
    );

  test('the text fits into 80 columns, without a control byte', () => {
    fc.assert(
      fc.property(reports, fc.boolean(), (report, isAscii) => {
        for (const line of reportWords(report, { isAscii }).split('\n')) {
          expect(stringWidth(line)).toBeLessThanOrEqual(80);
          expect(line).not.toMatch(/\p{Control}|[\u202a-\u202e]/u);
        }
      }),
    );
  });

  test('the page has no markup but its own, no control byte, and loads nothing', () => {
    const own = tagsOf(reportPage(reportWith()));
    fc.assert(
      fc.property(reports, (report) => {
        const page = reportPage(report);
        expect(page.replaceAll('\n', '')).not.toMatch(/\p{Control}|[\u202a-\u202e]/u);
        for (const tag of tagsOf(page)) expect(own).toContain(tag);
        expect(page).not.toMatch(/<[^>]*\b(?:src|href|on\w+)\s*=/);
        expect(page.length).toBeLessThan(200_000);
      }),
    );
  });
});

function tagsOf(page: string): Set<string> {
  return new Set([...page.matchAll(/<\/?[a-z0-9!]+/gi)].map(([tag]) => tag));
}

test('what is escaped reads as it was', () => {
  expect(escapeHtml(`<b class="x">&'`)).toBe('&#60;b class=&#34;x&#34;&#62;&#38;&#39;');
});

test('the page is for a phone too: words keep their size, and numbers stay whole', () => {
  const page = reportPage(reportWith());
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
  // What is drawn shrinks with the window.
  expect(page).not.toContain('<text');
  expect(page).toContain('<p><span>0 to 8</span><span>each bar 10&nbsp;m</span></p>');
  expect(page).toContain('3&nbsp;248 images, 812 generations, 612&nbsp;MB in 1 folder');
});
