import { totalmem } from 'node:os';
import { expect, test } from 'vitest';
import { isOnThisMachine, readMachineMemory } from '../../source/runner/machine-memory.ts';

test('the memory in use is part of what there is, and never more than the machine has', () => {
  const memory = readMachineMemory();
  expect(memory?.usedBytes).toBeGreaterThan(0);
  expect(memory?.totalBytes).toBeLessThanOrEqual(totalmem());
  expect(memory?.usedBytes).toBeLessThanOrEqual(memory?.totalBytes ?? 0);
});

test.each(['http://127.0.0.1:7860', 'http://localhost:7860/sd', 'http://[::1]:7860'])(
  '%s is this machine where it has as much memory, and another behind a tunnel',
  (url) => {
    expect(isOnThisMachine(url, totalmem() * 0.999)).toBe(true);
    expect(isOnThisMachine(url, totalmem() * 2)).toBe(false);
    expect(isOnThisMachine(url, null)).toBe(false);
  },
);

test.each(['http://gpu-box:7860', 'http://192.168.1.5:7860', 'https://127.0.0.1.example.org'])(
  '%s is another machine',
  (url) => expect(isOnThisMachine(url, totalmem())).toBe(false),
);
