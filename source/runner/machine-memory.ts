import { readFileSync } from 'node:fs';

/** Memory in use and in all, bytes. */
export type MachineMemory = { readonly usedBytes: number; readonly totalBytes: number };

/** Where the limit and the use of a control group stand, in a container and in a service, for both versions (cgroups(7)). */
const groupFiles = [
  { limit: 'memory.max', use: 'memory.current', cache: 'inactive_file', below: '/sys/fs/cgroup' },
  {
    limit: 'memory.limit_in_bytes',
    use: 'memory.usage_in_bytes',
    cache: 'total_inactive_file',
    below: '/sys/fs/cgroup/memory',
  },
] as const;

/**
 * The memory of this machine as the kernel counts it before it kills: without what it can take back (`MemAvailable`, proc(5)). In a container with
 * a lower limit that of the container. Null where there is no /proc.
 */
export function readMachineMemory(): MachineMemory | null {
  const machine = read('/proc/meminfo');
  const total = kilobytes(machine, 'MemTotal');
  const available = kilobytes(machine, 'MemAvailable');
  if (total === null || available === null) return null;
  const group = groupFiles.map(readGroup).find((each) => each !== null && each.totalBytes < total);
  return group ?? { usedBytes: total - available, totalBytes: total };
}

/** A fraction of the whole that two programs' rounding may differ by. */
const tolerance = 0.02;

/**
 * Whether a WebUI at this address runs on this machine: its address is this machine's own, and it counts as much memory, since behind a tunnel
 * it is another. `ramTotal` is what it tells, bytes.
 */
export function isOnThisMachine(url: string, ramTotal: number | null): boolean {
  const { hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  const own = kilobytes(read('/proc/meminfo'), 'MemTotal');
  if (!isLoopback || own === null || ramTotal === null) return false;
  return Math.abs(ramTotal - own) < tolerance * own;
}

function readGroup({ limit, use, cache, below }: (typeof groupFiles)[number]): MachineMemory | null {
  const totalBytes = Number.parseInt(read(`${below}/${limit}`), 10);
  const inUse = Number.parseInt(read(`${below}/${use}`), 10);
  const reclaimable = new RegExp(`^${cache} (\\d+)$`, 'm').exec(read(`${below}/memory.stat`))?.[1];
  // `max` is no number: there is no limit.
  if (!Number.isFinite(totalBytes) || !Number.isFinite(inUse)) return null;
  return { usedBytes: Math.max(0, inUse - Number(reclaimable ?? 0)), totalBytes };
}

function kilobytes(text: string, name: string): number | null {
  const value = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
  return value === undefined ? null : Number(value) * 1024;
}

/** Empty where there is none. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
