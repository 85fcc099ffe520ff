import { expect, test } from 'vitest';
import { parseFault } from '../../source/demo/faults.ts';
import type { ServedRequest } from './demo-control.ts';
import { nightFaults } from './night-faults.ts';
import { measureTaken, takenMsOf } from './night-score.ts';

const served = (
  startedAt: number,
  ms: number,
  outcome: ServedRequest['outcome'] = 'completed',
): ServedRequest => ({
  startedAt,
  endedAt: startedAt + ms,
  outcome,
  checkpoint: 'demo-landscape.safetensors',
});

test('the faults of the night can be given, one after the other, within it', () => {
  let before = 0;
  for (const fault of nightFaults) {
    expect(fault.at).toBeGreaterThanOrEqual(before);
    before = fault.kind === 'faults' ? (fault.until ?? fault.at) : fault.at;
    expect(before).toBeLessThan(1);
    for (const text of fault.kind === 'faults' ? fault.faults : [])
      expect(parseFault(text)).not.toHaveProperty('problem');
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
    served(2000, 130),
  ];
  const spans = new Map([
    ['disk full', { from: 1000, to: 1200 }],
    ['drift', { from: 2000, to: 2500 }],
  ]);
  const taken = measureTaken({ requests, spans, bootsMs: [] }, nightFaults, [300, 400]);
  expect(taken).toEqual({ closedMs: 200, bootMs: 700, vainMs: 100, driftMs: 30 });
  expect(takenMsOf(taken)).toBe(1030);
});
