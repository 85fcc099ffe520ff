import type { Machine } from './machine.ts';
import { json } from './reply.ts';
import type { Routes } from './routes.ts';

const gigabyte = 1024 ** 3;
const vramTotal = 24 * gigabyte;
const ramTotal = 32 * gigabyte;

/** Believable figures of a 24 GB card: weights, what a running generation takes, and what comes and goes (webui-api.md 2.6). */
export function memoryRoute({ clock, loader, progress, memory }: Machine): Routes {
  return {
    '/sdapi/v1/memory': {
      GET: () => {
        const drift = 0.18 * Math.sin(clock.now() / 3700);
        const allocated =
          (loader.loaded() !== null ? 3.4 : 0.3) + (progress.jobCount === 0 ? 0 : 2.6) + drift;
        const reserved = allocated + 1.1;
        const used = Math.round((reserved + 0.9) * gigabyte);
        const ramUsed = Math.min(ramTotal, Math.round((6.2 + drift) * gigabyte) + memory.leakedBytes);
        const part = (amount: number) => ({
          current: Math.round(amount * gigabyte),
          peak: Math.round(7.4 * gigabyte),
        });
        return json({
          ram: { free: ramTotal - ramUsed, used: ramUsed, total: ramTotal },
          cuda: {
            system: { free: vramTotal - used, used, total: vramTotal },
            active: part(allocated),
            allocated: part(allocated),
            reserved: part(reserved),
            inactive: part(0.2),
            events: { retries: memory.outOfMemoryCount, oom: memory.outOfMemoryCount },
          },
        });
      },
    },
  };
}
