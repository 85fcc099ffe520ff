import { expect, test } from 'vitest';
import { plainAccess } from '../../source/generation/access.ts';
import { describeRisks } from '../../source/presentation/describe-risks.ts';

const insecure = { ...plainAccess, isInsecure: true };
const keyed = { ...plainAccess, headers: [['x-key', 'secret']] as const };

test.each([
  ['http://127.0.0.1:7860', 'me:secret'],
  ['http://localhost:7860', 'me:secret'],
  ['http://[::1]:7860', 'me:secret'],
  ['https://gpu-box', 'me:secret'],
  ['http://gpu-box:7860', null],
])('%s with %s is no risk', (url, auth) => {
  expect(describeRisks({ url, auth }, false)).toEqual([]);
});

test('credentials that cross a network unencrypted are told once, with what to do, and are not shown', () => {
  const addresses = [
    { url: 'http://gpu-box:7860', auth: 'me:secret' },
    { url: 'http://gpu-box:7860', auth: null, access: keyed },
  ];
  for (const address of addresses) {
    expect(describeRisks(address, false)).toEqual([
      'The credentials for http://gpu-box:7860 cross the network unencrypted. Use https, or a tunnel: ssh -L 7860:127.0.0.1:7860 gpu-box',
    ]);
    expect(describeRisks(address, true)).toEqual([]);
  }
});

test('an unverified server is told at each connect, where there is a certificate at all', () => {
  const address = { url: 'https://gpu-box', auth: null, access: insecure };
  for (const isReconnect of [false, true]) {
    expect(describeRisks(address, isReconnect)).toEqual([
      expect.stringMatching(
        /^Nobody has verified who answers at https:\/\/gpu-box \(--insecure\).* --ca-file instead\.$/,
      ),
    ]);
  }
  expect(describeRisks({ ...address, url: 'http://gpu-box' }, false)).toEqual([]);
});
