import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory of its own that goes away, with all that is in it, when it is disposed of. */
export type TempDirectory = Disposable & { readonly path: string };

/** Makes an empty temporary directory; its owner disposes of it (`using`, or a test's `onTestFinished`). */
export function makeTempDirectory(): TempDirectory {
  const path = mkdtempSync(join(tmpdir(), 'sdloop-test-'));
  return {
    path,
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
