import { expect, test } from 'vitest';
import { describeNotice } from '../../source/presentation/describe-notice.ts';
import { exampleGeneration, exampleNow } from '../ui/monitor/example-snapshot.ts';

const at = exampleNow;
const context = { url: 'http://127.0.0.1:7860' };
const generation = exampleGeneration;

test('trouble that is tried again says when, other trouble says what to do', () => {
  const failure = { kind: 'unreachable', detail: '' } as const;
  expect(
    describeNotice(
      { at, type: 'failure', failure, generation, willRetry: true, retryDelayMs: 8_000 },
      context,
    ),
  ).toEqual({
    tone: 'warning',
    text: '#812: No WebUI answers at http://127.0.0.1:7860. Tried again in 8 s.',
  });
  expect(
    describeNotice(
      { at, type: 'failure', failure, generation: null, willRetry: false, retryDelayMs: null },
      context,
    )?.text,
  ).toContain('Start it with `--api`');
});

test('what the screen shows anyway makes no message', () => {
  expect(describeNotice({ at, type: 'generation-started', generation }, context)).toBeNull();
  expect(describeNotice({ at, type: 'activity-changed', isActive: true }, context)).toBeNull();
});

test('an abandoned generation says that its images are not kept', () => {
  const finished = {
    at,
    type: 'generation-finished',
    generation,
    imageCount: 0,
    durationMs: 1,
    gpuIdleMs: 0,
  } as const;
  expect(describeNotice({ ...finished, outcome: 'abandoned' }, context)?.text).toBe(
    '#812 was cut short: its images are not kept.',
  );
  expect(describeNotice({ ...finished, outcome: 'finished' }, context)).toBeNull();
});

test('a WebUI that does not restart itself: what is done then, and no second attempt beside it', () => {
  const failure = { kind: 'restart-failed', detail: 'it cannot restart itself' } as const;
  const notice = {
    type: 'failure',
    at: 0,
    failure,
    generation: null,
    willRetry: true,
    retryDelayMs: null,
  } as const;
  const measure = { kind: 'restart-command' } as const;
  expect(describeNotice({ ...notice, measure }, { url: 'http://127.0.0.1:7860' })?.text).toBe(
    'The WebUI could not be restarted: it cannot restart itself. The restart command is run.',
  );
});
