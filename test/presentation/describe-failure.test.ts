import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Failure, FailureKind } from '../../source/generation/failure.ts';
import { describeFailure } from '../../source/presentation/describe-failure.ts';

const url = 'http://127.0.0.1:7860';

const kinds: Record<FailureKind, true> = {
  unreachable: true,
  starting: true,
  'api-off': true,
  'not-a-webui': true,
  unauthorised: true,
  'no-checkpoint': true,
  'unknown-checkpoint': true,
  'unknown-sampler': true,
  'unknown-scheduler': true,
  rejected: true,
  'out-of-memory': true,
  nan: true,
  'black-image': true,
  busy: true,
  'rate-limited': true,
  'server-error': true,
  'connection-lost': true,
  'invalid-answer': true,
  'answer-too-large': true,
  'wrong-checkpoint': true,
  'images-missing': true,
  'no-images': true,
  hung: true,
  'disk-full': true,
  'low-space': true,
  'restart-failed': true,
  'memory-low': true,
  'directory-unwritable': true,
};

const everyKind = Object.keys(kinds) as FailureKind[];

test.each(everyKind)('%s says what happened and what to do', (kind) => {
  const { what, todo } = describeFailure({ kind, detail: '' }, { url });
  expect(what).toMatch(/^[A-Z].{10,}\.$/);
  expect(todo).toMatch(/^[A-Z`].{10,}$/);
});

test('nothing from outside reaches the words raw, and nothing makes them endless', () => {
  const failures = fc.record({
    kind: fc.constantFrom(...everyKind),
    detail: fc.string({ unit: 'binary', maxLength: 2000 }),
    asked: fc.string({ unit: 'binary' }),
    suggestions: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(failures, (failure: Failure) => {
      const { what, todo } = describeFailure(failure, { url: `${url}/\u001b]0;x\u0007` });
      expect(what + todo).not.toMatch(/\p{Control}|[\u202a-\u202e]/u);
      expect(what.length + todo.length).toBeLessThan(3000);
    }),
  );
});

test('close names are offered', () => {
  const failure = {
    kind: 'unknown-checkpoint',
    detail: '',
    asked: 'dreem',
    suggestions: ['dream', 'dreamy'],
  } as const;
  expect(describeFailure(failure, { url })).toEqual({
    what: 'The WebUI has no checkpoint named "dreem".',
    todo: 'Did you mean "dream" or "dreamy"? `sdloop models` lists those it has.',
  });
});

test("a server's own words and status are part of the sentence", () => {
  const failure = { kind: 'server-error', detail: 'RuntimeError:\n  boom', httpStatus: 500 } as const;
  expect(describeFailure(failure, { url }).what).toBe('The WebUI failed (HTTP 500): RuntimeError:   boom.');
});

test('credentials inside an address are not shown', () => {
  const { what } = describeFailure(
    { kind: 'unreachable', detail: '' },
    { url: 'http://me:secret@host:7860/' },
  );
  expect(what).toBe('No WebUI answers at http://host:7860.');
});

test('where nothing is tried again by itself, no words say that it is', () => {
  for (const kind of everyKind) {
    const { what, todo } = describeFailure({ kind, detail: '' }, { url, willRetry: false });
    expect(what + todo, kind).not.toMatch(/by itself|Nothing to do/);
  }
});

test('why nothing answers is said', () => {
  const failure = { kind: 'unreachable', detail: 'there is no host of that name (ENOTFOUND)' } as const;
  expect(describeFailure(failure, { url }).what).toBe(
    'No WebUI answers at http://127.0.0.1:7860: there is no host of that name (ENOTFOUND).',
  );
});

test('a client certificate that is wanted is not taken for a password', () => {
  const failure = {
    kind: 'unauthorised',
    detail: 'it wants a client certificate',
    isAboutCertificate: true,
  } as const;
  const { what, todo } = describeFailure(failure, { url: 'https://gpu-box' });
  expect(what).toBe(
    'The server at https://gpu-box lets nobody in without the right client certificate: it wants a client certificate.',
  );
  expect(todo).toContain('--client-cert');
});
