import { describe, expect, test } from 'vitest';
import { normaliseUrl } from '../../source/webui/address.ts';

describe('an address as people write it', () => {
  test.each([
    ['127.0.0.1:7860', 'http://127.0.0.1:7860', null],
    ['http://host:7860/', 'http://host:7860', null],
    ['  HTTP://Host:7860///  ', 'http://host:7860', null],
    ['https://host/subpath', 'https://host/subpath', null],
    ['https://host/subpath/', 'https://host/subpath', null],
    ['http://127.0.0.1:7860/?__theme=dark#x', 'http://127.0.0.1:7860', null],
    ['http://127.0.0.1:7860/docs', 'http://127.0.0.1:7860', null],
    ['http://box/sd/sdapi/v1/txt2img', 'http://box/sd', null],
    ['http://user:p%40ss@box:7860', 'http://box:7860', 'user:p@ss'],
    ['user:pass@box:7861', 'http://box:7861', 'user:pass'],
    ['box', 'http://box:7860', null],
    ['box:80', 'http://box', null],
    ['http://box', 'http://box', null],
    ['7861', 'http://127.0.0.1:7861', null],
    [':7861', 'http://127.0.0.1:7861', null],
    ['localhost:7860', 'http://localhost:7860', null],
    ['[::1]:7860', 'http://[::1]:7860', null],
  ])('%s', (written, url, auth) => {
    expect(normaliseUrl(written)).toEqual({ ok: true, value: { url, auth } });
  });

  test.each(['', '   ', 'ftp://box', 'http://', 'http://box:99999', 'a b c', 'http://%zz:x@box'])(
    'refuses %j with a sentence',
    (written) => {
      expect(normaliseUrl(written)).toEqual({ ok: false, reason: expect.stringMatching(/^[A-Z].*\.$/) });
    },
  );

  test('never shows the password', () => {
    expect(JSON.stringify(normaliseUrl('ftp://user:secret@box'))).not.toContain('secret');
    expect(JSON.stringify(normaliseUrl('http://%zz:secret@box'))).not.toContain('secret');
  });
});
