import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createLineSpeed } from '../../source/pictures/line-speed.ts';
import { createPictureLayer } from '../../source/pictures/picture-layer.ts';
import { TerminalStream } from '../helpers/terminal-stream.ts';
import { terminalOf } from './pictures-in-test.ts';

test('the whole budget on a line that takes it at once, and less the longer it takes', () => {
  const budgets = [1, 100, 500, 900, 5000].map((elapsedMs) => {
    const speed = createLineSpeed(5);
    speed.took(20_000, elapsedMs);
    return speed.byteBudget();
  });
  expect(budgets).toEqual([20_000, 20_000, 10_000, 5000, 2500]);
});

test('before anything is known of the line, how long the terminal took to answer', () => {
  const budgets = [undefined, 20, 200, 500, 1000].map((ms) => createLineSpeed(ms).byteBudget());
  expect(budgets).toEqual([20_000, 20_000, 10_000, 5000, 2500]);
});

test('comes back when the line does, and small writes say nothing', () => {
  const speed = createLineSpeed(5);
  speed.took(20_000, 10_000);
  speed.took(100, 1);
  expect(speed.byteBudget()).toBe(2500);
  speed.took(20_000, 10);
  speed.took(20_000, 10);
  expect(speed.byteBudget()).toBe(20_000);
});

test('the layer measures what its terminal takes', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const stream = new TerminalStream(80, 24);
  const layer = createPictureLayer(stream.asStdout(), terminalOf('iterm2'));
  expect(layer.byteBudget()).toBe(20_000);
  stream.isQuick = false;
  const data = 'x'.repeat(5000);
  const picture = { columns: 4, rows: 2, data, remove: '', byteCount: data.length };
  layer.place([{ key: 'a', row: 0, column: 0, picture }]);
  await delay(1);
  vi.advanceTimersByTime(300);
  stream.takeAll();
  await delay(1);
  expect(layer.byteBudget()).toBeLessThan(20_000);
});
