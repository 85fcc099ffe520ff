import { expect, test } from 'vitest';
import { openTerminalInTest } from '../helpers/terminal-in-test.ts';
import { formatTable } from './format-table.ts';
import { gpuBusyShare } from './gpu-busy.ts';
import { cpuMsOf, measureCost } from './process-cost.ts';
import { median, quantile, ratio } from './statistics.ts';

test('quantiles lie between neighbours', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 2])).toBe(1.5);
  expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38);
  expect(() => median([])).toThrow('nothing');
  expect(ratio(3, 2)).toBe('1.50x');
});

test('a table is aligned, whatever is in it', () => {
  const table = {
    header: ['what', 'ms'],
    rows: [
      ['一', '7'],
      ['longer', '12.5'],
    ],
    notes: ['A note.'],
  };
  expect(formatTable(table)).toBe(
    ['| what   |   ms |', '| ------ | ---: |', '| 一     |    7 |', '| longer | 12.5 |', '\nA note.'].join(
      '\n',
    ),
  );
});

test('the GPU is busy from start to end, and idle between', () => {
  const request = (startedAt: number, endedAt: number | null) => ({
    arrivedAt: 0,
    startedAt,
    endedAt,
    seeds: [],
  });
  expect(gpuBusyShare([request(1000, 1400), request(1500, 2000), request(2000, null)])).toBe(0.9);
});

test('a busy program costs processor time and bytes, a resting one neither', async () => {
  const script = (body: string) => ({ command: process.execPath, args: ['-e', body] });
  const busy = openTerminalInTest(
    script(
      "setInterval(() => process.stdout.write('x'.repeat(1000)), 20); while (performance.now() < 400); console.log('ready')",
    ),
  );
  const resting = openTerminalInTest(script("console.log('ready'); setInterval(() => {}, 1000)"));
  await Promise.all([busy.waitFor('ready'), resting.waitFor('ready')]);
  expect(cpuMsOf(busy.pid)).toBeGreaterThan(cpuMsOf(resting.pid));
  const [busyCost, restingCost] = await Promise.all([measureCost(busy, 500), measureCost(resting, 500)]);
  expect(busyCost.bytesPerSecond).toBeGreaterThan(10_000);
  expect(restingCost.bytesPerSecond).toBe(0);
  expect(restingCost.cpuShare).toBeLessThan(0.1);
  expect(restingCost.residentBytes).toBeGreaterThan(20e6);
});
