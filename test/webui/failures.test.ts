import { describe, expect, test } from 'vitest';
import { readCapture } from './capture.ts';
import { sampleGeneration } from './sample-generation.ts';
import { type Answer, html, json, openClient, startServer } from './scripted-server.ts';

async function failureOf(answer: Answer) {
  const { url } = await startServer(() => answer);
  const result = await openClient(url).generate(sampleGeneration(), { saving: 'server' });
  if (result.ok) throw new Error('Expected a failure');
  return result.failure;
}

function exception(error: string, errors: string): Answer {
  return json({ error, detail: '', body: '', errors }, 500);
}

describe('what a real WebUI refused', () => {
  test.each([
    ['forge/56-txt2img-enable-hr', 'server-error', "TypeError: argument of type 'NoneType' is not iterable"],
    [
      'forge/62-bad-width-string',
      'rejected',
      'width: Input should be a valid integer, unable to parse string as an integer',
    ],
    ['forge/75-bad-json', 'rejected', '16: JSON decode error'],
    ['forge/105-script-unknown', 'rejected', "Script 'nope' not found"],
    ['forge/32-post-options-model', 'unknown-checkpoint', "model 'no-such-model' not found"],
    ['forge/28-get-no-such-path', 'api-off', 'Not Found'],
    ['koboldcpp/75-bad-json', 'rejected', 'Error parsing input.'],
    ['sd-server/66-bad-width-zero', 'rejected', 'width and height must be positive'],
    ['sd-server/98-huge-16384x16384', 'server-error', 'generate_image returned no results'],
  ])('%s', async (name, kind, detail) => {
    const { status, body } = readCapture(name);
    expect(await failureOf({ status, body })).toMatchObject({ kind, detail, httpStatus: status });
  });
});

describe('what a WebUI may answer (webui-api.md 10.1)', () => {
  test.each([
    ['out-of-memory', exception('OutOfMemoryError', 'CUDA out of memory. Tried to allocate 2.00 GiB.')],
    ['out-of-memory', exception('RuntimeError', 'MPS backend out of memory (MPS allocated: 9 GB)')],
    ['nan', exception('NansException', 'A tensor with NaNs was produced in Unet.')],
    ['nan', exception('Exception', 'A tensor with all NaNs was produced in VAE.')],
    [
      'no-checkpoint',
      exception('FileNotFoundError', 'No checkpoints found. When searching, looked at:\n - file x'),
    ],
    [
      'no-checkpoint',
      json({ error: 'ValueError', detail: '', body: '', message: 'You do not have any model!' }, 500),
    ],
    ['disk-full', exception('OSError', '[Errno 28] No space left on device')],
    ['directory-unwritable', exception('PermissionError', "[Errno 13] Permission denied: '/out'")],
    ['server-error', exception('AttributeError', "'NoneType' object has no attribute 'lowvram'")],
    [
      'rejected',
      json(
        {
          detail: [
            { loc: ['body', 'steps'], msg: 'value is not a valid integer', type: 'type_error.integer' },
          ],
        },
        422,
      ),
    ],
    [
      'unknown-sampler',
      json({ error: 'HTTPException', detail: 'Sampler not found', body: '', errors: '' }, 404),
    ],
    ['unknown-sampler', json({ detail: 'Sampler not found' }, 400)],
    ['unauthorised', json({ detail: 'Not authenticated' }, 401)],
    ['unauthorised', html('<html><title>403 Forbidden</title></html>', 403)],
    ['api-off', json({ detail: 'Method Not Allowed' }, 405)],
    ['rate-limited', json({ detail: 'Too many requests' }, 429)],
    [
      'busy',
      json({ detail: { msg: 'Server is busy; please try again later.', type: 'service_unavailable' } }, 503),
    ],
    ['starting', json({ detail: 'server not ready' }, 503)],
  ])('%s %#', async (kind, answer) => {
    const failure = await failureOf(answer);
    expect(failure.kind).toBe(kind);
    expect(failure.httpStatus).toBe(answer.status);
    expect(failure.mayHaveRun).toBeUndefined();
    expect(failure.detail).not.toContain('\n');
  });

  test('names what was asked for', async () => {
    expect(await failureOf(json({ detail: 'Sampler not found' }, 404))).toMatchObject({ asked: 'DPM++ 2M' });
    expect(await failureOf(exception('RuntimeError', "model 'x' not found"))).toMatchObject({
      asked: 'random-sd15.safetensors [0ba8a68088]',
    });
  });

  test('an image that could not be encoded was made', async () => {
    const answer = json(
      { error: 'HTTPException', detail: 'Invalid image format', body: '', errors: '' },
      500,
    );
    expect(await failureOf(answer)).toMatchObject({ kind: 'server-error', mayHaveRun: true });
  });

  test.each([502, 504, 520, 524])('a proxy that says %d leaves open what the WebUI did', async (status) => {
    const page = `<html>\r\n<head><title>${status} Bad\u001b[31m Gateway</title></head><body>${'x'.repeat(5000)}</body>`;
    expect(await failureOf(html(page, status))).toEqual({
      kind: 'server-error',
      detail: `${status} Bad\u001b[31m Gateway`,
      httpStatus: status,
      mayHaveRun: true,
    });
  });

  test.each([
    ['120', 120_000],
    ['0', 0],
    ['999999999999', 3_600_000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['soon', undefined],
  ])('Retry-After: %s', async (value, retryAfterMs) => {
    const failure = await failureOf({ status: 503, headers: { 'retry-after': value } });
    expect(failure.retryAfterMs).toBe(retryAfterMs);
  });
});

describe('the words of a failure', () => {
  test('never hold the `body`, where Forge puts its flags, nor values that failed validation', async () => {
    const { status, body } = readCapture('forge/18-get-cmd-flags');
    const failure = await failureOf({ status, body });
    expect(failure).toEqual({ kind: 'server-error', detail: 'ResponseValidationError', httpStatus: 500 });
    const withInput = json(
      { detail: [{ loc: ['body', 'x'], msg: 'bad', type: 't', input: 'hunter2' }] },
      422,
    );
    expect((await failureOf(withInput)).detail).toBe('x: bad');
  });

  test('stay short', async () => {
    const failure = await failureOf(exception('E'.repeat(9000), '💥'.repeat(9000)));
    expect(failure.detail.length).toBeLessThanOrEqual(500);
    expect(failure.detail.isWellFormed()).toBe(true);
  });

  test.each([
    '',
    '   ',
    '\0\0',
    'null',
    '[]',
    '{"detail":7,"errors":[],"error":null}',
    '<html><body>no title',
  ])('are none where the answer has none: %j', async (body) => {
    const failure = await failureOf({ status: 500, body });
    expect(failure.kind).toBe('server-error');
    expect(failure.detail.length).toBeLessThan(20);
  });
});
