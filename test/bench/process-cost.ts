import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Terminal } from '../helpers/terminal.ts';
import { median } from './statistics.ts';

/** USER_HZ, which Linux has fixed at 100 for programs whatever the kernel's own tick is. */
const msPerTick = 10;

export type Cost = {
  /** Of one core, 0 to 1; all threads of the process, none of its children. */
  readonly cpuShare: number;
  readonly bytesPerSecond: number;
  /** Median over the window. */
  readonly residentBytes: number;
};

/** What a program in a terminal costs over a window of time. Linux only. */
export async function measureCost(terminal: Terminal, windowMs: number): Promise<Cost> {
  const bytesBefore = terminal.byteCount;
  const startedAt = performance.now();
  const cost = await measureProcess(terminal.pid, windowMs);
  const elapsedMs = performance.now() - startedAt;
  return { ...cost, bytesPerSecond: (terminal.byteCount - bytesBefore) / (elapsedMs / 1000) };
}

/** What a process costs over a window of time. Linux only. */
export async function measureProcess(
  pid: number,
  windowMs: number,
): Promise<Pick<Cost, 'cpuShare' | 'residentBytes'>> {
  const startedAt = performance.now();
  const cpuBefore = cpuMsOf(pid);
  const resident: number[] = [];
  while (performance.now() - startedAt < windowMs) {
    resident.push(residentBytesOf(pid));
    await delay(Math.min(1000, windowMs));
  }
  const elapsedMs = performance.now() - startedAt;
  return { cpuShare: (cpuMsOf(pid) - cpuBefore) / elapsedMs, residentBytes: median(resident) };
}

/** Time on a processor since the start, ms (proc(5): fields 14 and 15, behind a name that may hold anything). */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

export function residentBytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}
