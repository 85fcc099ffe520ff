import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runtimeDirectories } from '../../source/settings/directories.ts';

const fallback = join(tmpdir(), `sdloop-${process.getuid?.()}`);

test("the runner's socket is in the session's directory where there is one, else in one with this user's number", () => {
  expect(runtimeDirectories({ XDG_RUNTIME_DIR: '/run/user/1000' })).toEqual([
    '/run/user/1000/sdloop',
    fallback,
  ]);
  expect(runtimeDirectories({})).toEqual([fallback]);
  expect(runtimeDirectories({ XDG_RUNTIME_DIR: '' })).toEqual([fallback]);
  expect(runtimeDirectories({ XDG_RUNTIME_DIR: 'relative' })).toEqual([fallback]);
});
