import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** What tells a process group that was started here from another that has its number later. */
export type GroupMark = {
  /** Of its leader, which leads a session of its own too; also the group's number. */
  readonly pid: number;
  /** When the leader started, and in which run of the system (proc(5)); empty where that cannot be known. */
  readonly startTime: string;
  readonly bootId: string;
};

/** The mark of a group whose leader was just started. */
export function markGroup(pid: number): GroupMark {
  return { pid, startTime: readStat(pid)?.startTime ?? '', bootId: readBootId() };
}

/** Whether any process of the group still lives; one that has ended and that nobody asks about (a zombie) does not. */
export function isGroupAlive(mark: GroupMark): boolean {
  if (mark.bootId === '') return canSignal(mark.pid);
  if (mark.bootId !== readBootId()) return false;
  const leader = readStat(mark.pid);
  if (leader !== null && leader.startTime !== mark.startTime) return false;
  if (!canSignal(mark.pid)) return false;
  return processIds().some((pid) => {
    const stat = readStat(pid);
    return stat !== null && stat.group === mark.pid && stat.session === mark.pid && stat.state !== 'Z';
  });
}

/** Whether the process that the group was started with still lives. */
export function isLeaderAlive({ pid, startTime, bootId }: GroupMark): boolean {
  if (bootId === '') return canSignal(pid);
  const leader = bootId === readBootId() ? readStat(pid) : null;
  return leader !== null && leader.startTime === startTime && leader.state !== 'Z';
}

/** Asks all processes of the group to end, and ends those that have not after `patienceMs`; resolves once none is left, or none can be ended. */
export async function endProcessGroup(mark: GroupMark, patienceMs: number): Promise<void> {
  for (const [signal, ms] of [
    ['SIGTERM', patienceMs],
    ['SIGKILL', 5_000],
  ] as const) {
    if (!isGroupAlive(mark)) return;
    try {
      process.kill(-mark.pid, signal);
    } catch {
      return;
    }
    const deadline = performance.now() + ms;
    while (performance.now() < deadline && isGroupAlive(mark)) await delay(50);
  }
}

function canSignal(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

type Stat = {
  readonly state: string;
  readonly group: number;
  readonly session: number;
  readonly startTime: string;
};

/** The fields behind the program's name, which may hold anything (proc(5), `stat`); null where the process is no more. */
function readStat(pid: number): Stat | null {
  const text = read(`/proc/${pid}/stat`);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = '', , group, session] = fields;
  return { state, group: Number(group), session: Number(session), startTime: fields[19] ?? '' };
}

function readBootId(): string {
  return read('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
