import { describe, expect, test } from 'vitest';
import type { Failure } from '../../source/generation/failure.ts';
import { Startup } from '../../source/webui/startup.ts';

const minute = 60_000;
const apiOff: Failure = { kind: 'api-off', detail: '', httpStatus: 404 };
const refused: Failure = { kind: 'unreachable', detail: 'connection refused (ECONNREFUSED)' };
const lost: Failure = { kind: 'connection-lost', detail: 'ECONNRESET', mayHaveRun: true };

describe('a 404', () => {
  test('from a WebUI that was always there means that its API is off', () => {
    expect(new Startup().failed(apiOff, 5 * minute)).toEqual(apiOff);
  });

  test.each([refused, lost])('soon after $kind means that it is starting', (before) => {
    const startup = new Startup();
    startup.failed(before, 0);
    startup.failed(before, 9 * minute);
    expect(startup.failed(apiOff, 10 * minute)).toMatchObject({ kind: 'starting', retryAfterMs: 2000 });
    expect(startup.failed(apiOff, 11 * minute)).toMatchObject({ kind: 'starting' });
    expect(startup.failed(apiOff, 13 * minute)).toEqual(apiOff);
  });

  test('from a WebUI whose API has answered before means that it was started anew', () => {
    const startup = new Startup();
    startup.answered();
    expect(startup.failed(apiOff, 0)).toMatchObject({ kind: 'starting' });
    expect(startup.failed(apiOff, 4 * minute)).toEqual(apiOff);
    startup.answered();
    expect(startup.failed(apiOff, 5 * minute)).toMatchObject({ kind: 'starting' });
  });
});

test('the port is tried first after a refusal only, and once', () => {
  const startup = new Startup();
  startup.failed(lost, 0);
  expect(startup.isPortFirst).toBe(false);
  startup.failed(refused, 0);
  expect(startup.isPortFirst).toBe(true);
  expect(startup.portOpened()).toMatchObject({ kind: 'starting' });
  expect(startup.isPortFirst).toBe(false);
});
