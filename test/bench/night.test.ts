import { expect, test } from 'vitest';
import { parseFault } from '../../source/demo/faults.ts';
import type { ServedRequest } from './demo-control.ts';
import type { Night } from './live-through.ts';
import { nightFaults, nightMinutes } from './night-faults.ts';
import { measureRests, measureTaken, takenMsOf } from './night-score.ts';

const served = (
  startedAt: number,
  ms: number,
  outcome: ServedRequest['outcome'] = 'completed',
  imageCount = 1,
): ServedRequest => ({
  startedAt,
  endedAt: startedAt + ms,
  outcome,
  seeds: Array.from({ length: imageCount }, (_, index) => startedAt + index),
  checkpoint: 'demo-landscape.safetensors',
});

const calm: Night = { from: 0, to: 0, requests: [], befallen: [], cutOff: [], bootsMs: [] };

test('the faults of the night can be given, one after the other, within it', () => {
  let before = 0;
  for (const fault of nightFaults) {
    expect(fault.at).toBeGreaterThanOrEqual(before);
    before = fault.kind === 'faults' ? (fault.until ?? fault.at) : fault.at;
    expect(before).toBeLessThan(nightMinutes);
    const given = fault.kind === 'faults' ? fault.faults : fault.kind === 'hang' ? [fault.fault] : [];
    for (const text of given) expect(parseFault(text)).not.toHaveProperty('problem');
  }
});

test('what faults take is the time closed, the starts, the work in vain and what drift adds, each once', () => {
  const requests = [
    served(0, 100),
    served(100, 100),
    served(200, 70, 'failed'),
    // Of another checkpoint.
    { ...served(270, 30), checkpoint: 'demo-portrait.safetensors' },
    served(400, 100),
    // While it is closed.
    served(1000, 50, 'failed'),
    // Of two images, which usually take twice as long as one.
    served(2000, 230, 'completed', 2),
  ];
  const befallen = [
    { name: 'disk full', from: 1000, to: 1200 },
    { name: 'drift', from: 2000, to: 2500 },
  ];
  const cutOff = [{ from: 500, to: 560 }];
  const taken = measureTaken({ ...calm, requests, befallen, cutOff }, nightFaults, [300, 400]);
  expect(taken).toEqual({ closedMs: 200, bootMs: 700, vainMs: 160, driftMs: 30 });
  expect(takenMsOf(taken)).toBe(1090);
});

test('what was delivered while it was closed was not taken, and what failed across its beginning was taken once', () => {
  const requests = [served(0, 100), served(950, 150, 'failed'), served(2980, 100)];
  const befallen = [
    { name: 'disk full', from: 1000, to: 1200 },
    { name: 'auth lost', from: 3000, to: 3500 },
  ];
  const taken = measureTaken({ ...calm, requests, befallen }, nightFaults, []);
  expect(taken).toMatchObject({ closedMs: 200 + 420, vainMs: 50 });
});

test('a rest is laid at the fault before it, without the time closed', () => {
  const requests = [served(0, 10_000), served(10_100, 9900), served(50_000, 10_000), served(105_000, 10_000)];
  const befallen = [
    { name: 'WebUI killed', from: 24_000, to: 24_500 },
    { name: '502', from: 70_000, to: 100_000 },
  ];
  const cutOff = [{ from: 20_000, to: 24_000 }];
  const rests = measureRests({ ...calm, to: 115_000, requests, befallen, cutOff }, nightFaults);
  expect(Object.fromEntries(rests.byFault)).toEqual({ 'WebUI killed': 26_000, '502': 15_000 });
  expect(rests.betweenMs).toBe(100);
});
