import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
        identity: null,
        certificates: null,
        isInsecure: true,
      },
    },
  });
});

describe('an auth file', () => {
  const withHeaders = (...headers: (readonly [string, string])[]) => ({
    headers,
    identity: null,
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

describe('a client certificate', () => {
  const pem = (name: string) =>
    readFileSync(join(import.meta.dirname, '../webui/certificates', name), 'utf8');
  const certificate = pem('client.pem');
  const key = pem('client-key.pem');

  test('comes with its key, in a file of its own or behind it', () => {
    const apart = { clientCert: fileWith(certificate, 0o644), clientKey: fileWith(key) };
    expect(readAccess(apart)).toMatchObject({
      ok: true,
      value: { access: { identity: { certificate, key } } },
    });
    const both = certificate + key;
    expect(readAccess({ clientCert: fileWith(both) })).toMatchObject({
      value: { access: { identity: { certificate: both, key: both } } },
    });
  });

  const protectedKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: 'x',
  });
  const given =
    (cert: string, keyText: string | null, mode = 0o600) =>
    () => ({
      clientCert: fileWith(cert),
      ...(keyText === null ? {} : { clientKey: fileWith(keyText, mode) }),
    });
  const wrong: [string, () => Parameters<typeof readAccess>[0], RegExp][] = [
    [
      'a certificate that is none',
      given('hello', key),
      /^The client certificate \S+ holds no certificate: .*PEM/,
    ],
    ['a damaged certificate', given(certificate.replace('M', '='), key), /holds no certificate/],
    [
      'a certificate that is not there',
      () => ({ clientCert: '/none/x.pem' }),
      /cannot be read \(ENOENT\).*--client-cert/,
    ],
    ['no key behind it', given(certificate, null), /^There is no private key in \S+: .*--client-key/],
    ['a key that is none', given(certificate, 'hello'), /^There is no private key in \S+: .*--client-key/],
    [
      'the key of another one',
      given(certificate, pem('server-key.pem')),
      /is not the one of the client certificate/,
    ],
    ['a key that others can read', given(certificate, key, 0o644), /can be read by others: `chmod 600`/],
    [
      'a key with a passphrase',
      given(certificate, String(protectedKey)),
      /protected by a passphrase.*openssl pkey/,
    ],
    ['a key alone', () => ({ clientKey: fileWith(key) }), /add --client-cert/],
  ];

  test.each(wrong)('with %s is refused in a sentence without the key', (_, settings, words) => {
    const reading = readAccess(settings());
    expect(reading).toMatchObject({ ok: false, message: expect.stringMatching(words) });
    for (const line of key.split('\n').filter((each) => each.length > 20 && !each.startsWith('-'))) {
      expect(JSON.stringify(reading)).not.toContain(line);
    }
  });
});
