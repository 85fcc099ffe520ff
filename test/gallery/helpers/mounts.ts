import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { makeTemporaryFolder } from './temporary.ts';

/** A disk of its own for the running test, in memory; null where this user may not mount one. */
export function mountDisk(byteCount: number): string | null {
  const path = makeTemporaryFolder();
  return mount(['-t', 'tmpfs', '-o', `size=${byteCount}`, 'tmpfs', path]) ? path : null;
}

/** A folder, and another way to its files of which the first hears nothing: what a network file system is like. */
export function mountOverlay(): { readonly shown: string; readonly hidden: string } | null {
  const disk = mountDisk(16 << 20);
  if (!disk) return null;
  const [lower, hidden, work, shown] = ['lower', 'hidden', 'work', 'shown'].map((name) => join(disk, name));
  if (!lower || !hidden || !work || !shown) return null;
  for (const path of [lower, hidden, work, shown]) mkdirSync(path);
  const layers = `lowerdir=${lower},upperdir=${hidden},workdir=${work}`;
  return mount(['-t', 'overlay', '-o', layers, 'overlay', shown]) ? { shown, hidden } : null;
}

function mount(options: string[]): boolean {
  const path = options.at(-1) ?? '';
  try {
    execFileSync('mount', options, { stdio: 'ignore' });
  } catch {
    return false;
  }
  // Lazily: a file of it may be open for a moment longer.
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', path]);
  });
  return true;
}
