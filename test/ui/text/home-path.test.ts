import { expect, test } from 'vitest';
import { homePath } from '../../../source/ui/text/home-path.ts';

test.each([
  ['/home/me', '~'],
  ['/home/me/webui/outputs', '~/webui/outputs'],
  ['/home/melanie/outputs', '/home/melanie/outputs'],
  ['/srv/home/me', '/srv/home/me'],
])('%s is titled %s', (path, title) => {
  expect(homePath(path, '/home/me')).toBe(title);
});
