import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAccess } from '../../source/settings/read-access.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';

function fileWith(text: string, mode = 0o600): string {
  const path = join(tempDirectoryInTest(), 'auth');
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const bearer = ['authorization', 'Bearer t0ken-t0ken'] as const;

test('nothing is asked for by default', () => {
  expect(readAccess({})).toEqual({ ok: true, value: { auth: null, access: null } });
});

test('a token is a bearer token, headers are what a proxy wants', () => {
  const headers = 'CF-Access-Client-Id: abc.access\n\n  X-Key:  a b \r\n';
  expect(readAccess({ token: 't0ken-t0ken', headers, insecure: true })).toEqual({
    ok: true,
    value: {
      auth: null,
      access: {
        headers: [bearer, ['cf-access-client-id', 'abc.access'], ['x-key', 'a b']],
        certificates: null,
        isInsecure: true,
      },
    },
  });
});

describe('an auth file', () => {
  const withHeaders = (...headers: (readonly [string, string])[]) => ({
    headers,
    certificates: null,
    isInsecure: false,
  });

  test.each([
    ['user and password', 'me:pass:word\n', { auth: 'me:pass:word', access: null }],
    ['a bearer token', 'Bearer t0ken-t0ken\n', { auth: null, access: withHeaders(bearer) }],
    [
      'as an editor of Windows saves it',
      '\ufeffbearer t0ken-t0ken\r\n',
      { auth: null, access: withHeaders(bearer) },
    ],
    [
      'headers alone',
      'X-Key: one\nX-Other: two',
      { auth: null, access: withHeaders(['x-key', 'one'], ['x-other', 'two']) },
    ],
    ['both', 'me:pass\nX-Key: one\n', { auth: 'me:pass', access: withHeaders(['x-key', 'one']) }],
  ])('with %s', (_, text, value) => {
    expect(readAccess({ authFile: fileWith(text) })).toEqual({ ok: true, value });
  });

  test.each([
    ['nothing', ''],
    ['a word', 's3cret'],
    ['a header of the request itself', 'me:s3cret\nContent-Length: 3'],
    ['a second line that is no header', 'me:s3cret\ns3cret'],
    ['a control character', 'X-Key: s3cret\u0000x'],
  ])('with %s is refused, and not quoted', (_, text) => {
    const reading = readAccess({ authFile: fileWith(text) });
    expect(reading).toMatchObject({
      ok: false,
      message: expect.stringMatching(/ must be user:password or /),
    });
    expect(JSON.stringify(reading)).not.toContain('s3cret');
  });

  test.each([0o644, 0o640, 0o604, 0o660])(
    'that others can read (%o) is refused with the way to mend it',
    (mode) => {
      const path = fileWith('me:s3cret', mode);
      expect(readAccess({ authFile: path })).toEqual({
        ok: false,
        message: `The auth file ${path} can be read by others: \`chmod 600\` makes it yours alone.`,
      });
    },
  );

  test('that is none, or is not there, is refused', () => {
    const directory = join(tempDirectoryInTest(), 'folder');
    mkdirSync(directory, { mode: 0o700 });
    expect(readAccess({ authFile: directory })).toMatchObject({
      message: expect.stringContaining('is not a file'),
    });
    expect(readAccess({ authFile: join(directory, 'none') })).toMatchObject({
      message: expect.stringContaining('cannot be read (ENOENT): name one'),
    });
  });
});

test('two ways to be let in are one too many', () => {
  const message = expect.stringContaining('give one of them');
  expect(readAccess({ auth: 'me:pass', token: 't' })).toMatchObject({ ok: false, message });
  expect(readAccess({ token: 't', headers: 'Authorization: Basic eA==' })).toMatchObject({
    ok: false,
    message,
  });
});

test('a CA file holds certificates', () => {
  expect(readAccess({ caFile: fileWith('hello') })).toMatchObject({
    message: expect.stringContaining('PEM'),
  });
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
  expect(readAccess({ caFile: fileWith(pem) })).toMatchObject({ value: { access: { certificates: pem } } });
});
