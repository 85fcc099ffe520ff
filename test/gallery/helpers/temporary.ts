import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** In memory where the system has such a place: thousands of files are written and deleted again. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of its own for the running test. */
export function makeTemporaryFolder(): string {
  const path = mkdtempSync(join(place, 'sdloop-gallery-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
