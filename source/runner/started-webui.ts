import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GroupMark, isGroupAlive, isLeaderAlive } from './process-group.ts';

/** Remembers the WebUI that was started here beyond the end of the runner, so that the next one can end it. */
export function rememberStartedWebUi(stateDirectory: string, mark: GroupMark): void {
  const path = pathIn(stateDirectory);
  try {
    writeFileSync(`${path}.new`, JSON.stringify(mark), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch {
    // On a full disk the next runner starts a second WebUI at worst, which finds its port taken.
    rmSync(`${path}.new`, { force: true });
  }
}

/** The WebUI that a runner of this state directory started, as long as any process of it lives; null otherwise. */
export function findStartedWebUi(stateDirectory: string): GroupMark | null {
  try {
    const mark: unknown = JSON.parse(readFileSync(pathIn(stateDirectory), 'utf8'));
    return isMark(mark) && isGroupAlive(mark) ? mark : null;
  } catch {
    return null;
  }
}

/** Calls back once when the command that an earlier runner of this state directory started has ended, and returns what ends the watch. */
export function watchStarted(stateDirectory: string, onEnded: () => void): () => void {
  const mark = findStartedWebUi(stateDirectory);
  if (mark === null || !isLeaderAlive(mark)) return () => undefined;
  const timer = setInterval(() => {
    if (isLeaderAlive(mark)) return;
    clearInterval(timer);
    onEnded();
  }, 1000).unref();
  return () => clearInterval(timer);
}

function pathIn(stateDirectory: string): string {
  return join(stateDirectory, 'webui.json');
}

function isMark(value: unknown): value is GroupMark {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    Number(value.pid) > 1 &&
    'startTime' in value &&
    typeof value.startTime === 'string' &&
    'bootId' in value &&
    typeof value.bootId === 'string'
  );
}
