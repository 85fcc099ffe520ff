import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { SecureVersion } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Access, plainAccess } from '../../source/generation/access.ts';
import { readCapture } from './capture.ts';
import { sampleGeneration } from './sample-generation.ts';
import { html, json, listen, openClient, replay, type Script, startServer } from './scripted-server.ts';

const forge = ['01-get-sd-models', '02-get-options', '03-get-samplers'].map((name) =>
  readCapture(`forge/${name}`),
);

const secrets = { password: 'hunter2-hunter2', header: 'pr0xy-s3cret' };

const access: Access = {
  ...plainAccess,
  headers: [
    ['authorization', 'Bearer tok3n.tok3n'],
    ['x-key', secrets.header],
    ['cookie', 'session=c00kie-c00kie; other=1'],
  ],
};

test('a token and headers are sent with each request, in place of user and password', async () => {
  const { url, seen } = await startServer(replay(forge));
  const client = openClient(url, { auth: 'rig:unused', access });
  await client.probe();
  await client.generate(sampleGeneration(), { saving: 'server' });
  expect(seen.length).toBeGreaterThan(6);
  for (const { headers } of seen) {
    expect(headers).toMatchObject({ authorization: 'Bearer tok3n.tok3n', 'x-key': secrets.header });
  }
});

describe('a WebUI that repeats what it was sent', () => {
  const needles = [
    secrets.password,
    btoa(`rig:${secrets.password}`),
    'tok3n.tok3n',
    secrets.header,
    'c00kie-c00kie',
  ];
  /** All that came, in the ways in which servers and proxies quote it. */
  const echo = ({ headers }: Parameters<Script>[0]) =>
    `${JSON.stringify(headers)} ${secrets.password} ${secrets.password.toUpperCase()} ${encodeURIComponent(String(headers['x-key']))}`;
  const answers: [string, Script][] = [
    ['in an exception', (seen) => json({ error: 'RuntimeError', detail: '', errors: echo(seen) }, 500)],
    [
      'behind more than is quoted',
      (seen) => json({ error: 'E', message: `${'x'.repeat(490)}${echo(seen)}` }, 500),
    ],
    [
      'in a refusal',
      (seen) => json({ detail: [{ loc: ['body', echo(seen)], msg: echo(seen), type: '' }] }, 422),
    ],
    ['in the title of a page', (seen) => html(`<html><title>${echo(seen).replaceAll('<', '')}</title>`, 502)],
    ['as plain text', (seen) => ({ status: 500, body: echo(seen) })],
    [
      'as the host of a redirect',
      () => ({ status: 302, headers: { location: `https://${secrets.header}.example/` } }),
    ],
    ['as an encoding', () => ({ headers: { 'content-encoding': secrets.header }, body: 'x' })],
    ['as names', (seen) => json([{ title: echo(seen), model_name: secrets.header, name: echo(seen) }])],
    [
      'as the checkpoint',
      (seen) =>
        json({ images: [], info: JSON.stringify({ sd_model_name: echo(seen), version: echo(seen) }) }),
    ],
    ['as its options', (seen) => json({ sd_model_checkpoint: echo(seen), samples_format: 'png' })],
  ];

  test.each(answers)('%s is not repeated further', async (_, script) => {
    const auth = `rig:${secrets.password}`;
    const given = [
      { options: { auth }, sent: needles.slice(0, 2) },
      { options: { auth, access }, sent: needles },
    ];
    for (const { options, sent } of given) {
      const { url } = await startServer(script);
      const client = openClient(url, options);
      const results = [
        await client.probe(),
        await client.generate(sampleGeneration(), { saving: 'server' }),
        await client.generate(sampleGeneration(), { saving: 'client' }),
        await client.readProgress(),
        await client.interrupt(),
      ];
      const told = JSON.stringify(results).toLowerCase();
      for (const needle of sent) expect(told).not.toContain(needle.toLowerCase());
    }
  });

  test('does not have other words taken for them: a short password is left in names', async () => {
    const { url } = await startServer(replay(forge));
    expect(await openClient(url, { auth: 'rig:random' }).probe()).toMatchObject({
      value: { checkpoints: [{ name: 'random-sd15' }] },
    });
  });
});

test.each([
  ['another host', 'https://elsewhere.example/x?token=1', 'https://elsewhere.example, where nothing is sent'],
  ['another scheme', 'https://127.0.0.1/sdapi/v1/options', 'https://127.0.0.1, where nothing is sent'],
  ['its own login', '/login?next=%2Fsdapi', 'a page of its own, as one does that wants a login'],
  ['nowhere', 'http://[', 'a page of its own, as one does that wants a login'],
])('a redirect to %s is not followed, by any request', async (_, location, words) => {
  const { url, seen } = await startServer(() => ({ status: 307, headers: { location } }));
  const client = openClient(url, { auth: 'rig:secret', access });
  const detail = `it redirects to ${words}`;
  const failure = { kind: 'not-a-webui', detail };
  expect(await client.probe()).toMatchObject({ ok: false, failure });
  expect(await client.generate(sampleGeneration(), { saving: 'server' })).toMatchObject({ failure });
  expect(seen).toHaveLength(2);
});

describe('https', () => {
  const certificate = (name: string) => readFileSync(join(import.meta.dirname, 'certificates', name), 'utf8');

  async function startTlsServer(): Promise<string> {
    const server = createServer(
      { cert: certificate('server.pem'), key: certificate('server-key.pem') },
      (_, response) => response.writeHead(401).end(),
    );
    onTestFinished(() => server.closeAllConnections());
    return (await listen(server)).replace('http:', 'https:');
  }

  test('of an unknown authority is refused, with the way to trust it', async () => {
    expect(await openClient(await startTlsServer()).probe()).toMatchObject({
      failure: { kind: 'unreachable', detail: expect.stringMatching(/certificate.*--ca-file/) },
    });
  });

  test('of an authority that was named is trusted, at the names in the certificate only', async () => {
    const url = await startTlsServer();
    const trusting = { access: { ...plainAccess, certificates: certificate('authority.pem') } };
    expect(await openClient(url, trusting).probe()).toMatchObject({ failure: { kind: 'unauthorised' } });
    expect(await openClient(url.replace('127.0.0.1', 'localhost'), trusting).probe()).toMatchObject({
      failure: {
        kind: 'unreachable',
        detail: 'its certificate is for another name (ERR_TLS_CERT_ALTNAME_INVALID)',
      },
    });
  });

  describe('that asks for a client certificate', () => {
    const identity = { certificate: certificate('client.pem'), key: certificate('client-key.pem') };
    const trusting = { ...plainAccess, certificates: certificate('authority.pem') };

    /** It knows one client, and answers 401 to whoever is let in. */
    async function startAsking(maxVersion: SecureVersion): Promise<string> {
      const server = createServer(
        {
          cert: certificate('server.pem'),
          key: certificate('server-key.pem'),
          ca: certificate('client.pem'),
          requestCert: true,
          rejectUnauthorized: true,
          maxVersion,
        },
        (_, response) => response.writeHead(401).end(),
      );
      onTestFinished(() => server.closeAllConnections());
      return (await listen(server)).replace('http:', 'https:');
    }

    test.each(['TLSv1.2', 'TLSv1.3'] as const)(
      'lets in who shows the one that it knows (%s)',
      async (version) => {
        const client = openClient(await startAsking(version), { access: { ...trusting, identity } });
        expect(await client.probe()).toMatchObject({
          failure: { kind: 'unauthorised', httpStatus: 401 },
        });
        expect(await client.generate(sampleGeneration(), { saving: 'server' })).toMatchObject({
          failure: { httpStatus: 401 },
        });
      },
    );

    test.each([
      ['TLSv1.2', /^it breaks the handshake off, as one does that wants a client certificate$/],
      ['TLSv1.3', /^it wants a client certificate$/],
    ] as const)(
      'is a matter for a person where there is none, by whichever request (%s)',
      async (version, words) => {
        const client = openClient(await startAsking(version), { access: trusting });
        const failure = {
          kind: 'unauthorised',
          isAboutCertificate: true,
          detail: expect.stringMatching(words),
        };
        expect(await client.probe()).toMatchObject({ failure });
        const generated = await client.generate(sampleGeneration(), { saving: 'server' });
        expect(generated).toMatchObject({ failure });
        expect(generated).not.toHaveProperty('failure.mayHaveRun');
      },
    );

    test('in a page of its own, as nginx does', async () => {
      const page = '<html><head><title>400 No required SSL certificate was sent</title></head></html>';
      const { url } = await startServer(() => html(page, 400));
      expect(await openClient(url).probe()).toMatchObject({
        failure: { kind: 'unauthorised', isAboutCertificate: true, httpStatus: 400 },
      });
    });
  });

  test('is not verified where that was asked for', async () => {
    const insecure = { access: { ...plainAccess, isInsecure: true } };
    expect(await openClient(await startTlsServer(), insecure).probe()).toMatchObject({
      failure: { kind: 'unauthorised' },
    });
  });
});
