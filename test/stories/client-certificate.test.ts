import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startWebUi } from '../demo/webui-fixture.ts';
import { endRunnersOf } from '../helpers/end-runners.ts';
import { runCli } from '../helpers/run-cli.ts';
import { tempDirectoryInTest } from '../helpers/temp-directory-in-test.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { listen } from '../webui/scripted-server.ts';

const certificates = join(import.meta.dirname, '../webui/certificates');
const pem = (name: string) => readFileSync(join(certificates, name), 'utf8');

/** A built-in WebUI behind a proxy that lets in nobody but the client of `client.pem`. */
async function startGuarded(): Promise<string> {
  const webUi = await startWebUi();
  const guard = createServer(
    {
      cert: pem('server.pem'),
      key: pem('server-key.pem'),
      ca: pem('client.pem'),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (incoming, response) => {
      const { method, url, headers } = incoming;
      const passed = httpRequest(webUi.url + url, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(passed);
    },
  );
  onTestFinished(() => guard.closeAllConnections());
  return (await listen(guard)).replace('http:', 'https:');
}

test('a WebUI behind client certificates is generated on, and the key is kept nowhere', async () => {
  const url = await startGuarded();
  const home = tempDirectoryInTest();
  onTestFinished(() => endRunnersOf(home));
  const keyFile = join(home, 'key.pem');
  writeFileSync(keyFile, pem('client-key.pem'), { mode: 0o600 });
  const address = [`--url=${url}`, `--ca-file=${join(certificates, 'authority.pem')}`];
  const shown = [`--client-cert=${join(certificates, 'client.pem')}`, `--client-key=${keyFile}`];
  const told: string[] = [];
  const run = async (...args: string[]) => {
    const result = await runCli(args, { home, cwd: home });
    told.push(result.stdout, result.stderr);
    return result;
  };
  const refused = await run('models', ...address);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(
    /lets nobody in without the right client certificate: it wants a client certificate/,
  );
  const size = ['--width=64', '--height=64', '--batch-size=1', '--steps=2', '--count=2'];
  const plan = ['--model=demo-landscape', '--prompt=dusk', ...size];
  expect((await run('run', '--detach', ...plan, ...address, ...shown)).code).toBe(0);
  await waitFor(async () => (await run('images', '--json')).stdout.trim().split('\n').length === 2 || null, {
    timeoutMs: 30_000,
  });
  await run('logs');
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && path !== keyFile) told.push(readFileSync(path, 'latin1'));
  }
  const [line = ''] = pem('client-key.pem')
    .split('\n')
    .filter((each) => each.length > 40 && !each.startsWith('-'));
  expect(line).not.toBe('');
  expect(told.join('\n')).not.toContain(line);
}, 60_000);
