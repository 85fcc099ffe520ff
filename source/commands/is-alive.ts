import { readFileSync } from 'node:fs';

/**
 * Whether a process of this user is there. One that has ended but that its parent has not asked about yet (a zombie) is not: in a container
 * whose first process asks about nobody it stays so for ever (proc(5), `stat`; elsewhere than on Linux this cannot be seen).
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return true;
  }
}
