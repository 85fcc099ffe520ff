import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellSize } from './pixels.ts';

/** An encoded picture, without what is put around it when it is drawn. */
export type CachedPicture = { readonly size: CellSize; readonly body: string };

/** Encoded pictures on disk. Whatever is wrong with the disk, it only means that a picture is made again. */
export type PictureCache = {
  read(key: string): Promise<CachedPicture | null>;
  write(key: string, picture: CachedPicture): Promise<void>;
};

export const nothingCached: PictureCache = { read: async () => null, write: async () => {} };

/** After so many bytes the directory is looked through again: other screens write to it too. */
const bytesBetweenLooks = 4 << 20;

/** So much is left when it has grown over its bound, so that not each new picture is one too many. */
const shareKept = 0.75;

/** What a crash may have left is taken away after a day. */
const stalePartMs = 24 * 3600 * 1000;

const format = 1;

export function openPictureCache(directory: string, mostByteCount = 64e6): PictureCache {
  let writtenSinceLook = Number.POSITIVE_INFINITY;
  let isBroken = false;
  let isLooking = false;
  const pathOf = (key: string) =>
    join(directory, createHash('sha256').update(key).digest('hex').slice(0, 40));

  async function lookThrough(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    writtenSinceLook = 0;
    try {
      await removeOldest(directory, mostByteCount);
    } finally {
      isLooking = false;
    }
  }

  return {
    async read(key) {
      const path = pathOf(key);
      const text = await readFile(path, 'latin1').catch(() => null);
      const cached = text === null ? null : parse(text, key);
      // The modification time is that of the last use, since access times are often not kept.
      if (cached !== null) void utimes(path, new Date(), new Date()).catch(() => undefined);
      return cached;
    },
    async write(key, picture) {
      if (isBroken) return;
      const path = pathOf(key);
      const text = serialise(key, picture);
      const part = `${path}.${randomBytes(4).toString('hex')}.part`;
      try {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeFile(part, text, { encoding: 'latin1', mode: 0o600, flag: 'wx' });
        await rename(part, path);
      } catch {
        // Full, read-only or not ours: the same would happen for each picture to come.
        isBroken = true;
        await unlink(part).catch(() => undefined);
        return;
      }
      writtenSinceLook += text.length;
      if (writtenSinceLook >= Math.min(bytesBetweenLooks, mostByteCount / 4)) await lookThrough();
    },
  };
}

/** The key is kept in the file, so that equal hashes or a file of something else are found out. */
function serialise(key: string, { size, body }: CachedPicture): string {
  const head = JSON.stringify({ format, key, ...size, length: Buffer.byteLength(body) });
  return Buffer.from(`${head}\n${body}`).toString('latin1');
}

function parse(latin1: string, key: string): CachedPicture | null {
  const text = Buffer.from(latin1, 'latin1');
  const end = text.indexOf(10);
  try {
    const head: unknown = JSON.parse(text.toString('utf8', 0, Math.max(0, end)));
    if (typeof head !== 'object' || head === null) return null;
    const { columns, rows, length } = head as Record<string, unknown>;
    const isOurs = Reflect.get(head, 'format') === format && Reflect.get(head, 'key') === key;
    if (!isOurs || length !== text.length - end - 1) return null;
    if (typeof columns !== 'number' || typeof rows !== 'number') return null;
    return { size: { columns, rows }, body: text.toString('utf8', end + 1) };
  } catch {
    return null;
  }
}

async function removeOldest(directory: string, mostByteCount: number): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  const files: { path: string; usedAt: number; byteCount: number }[] = [];
  for (const name of names) {
    if (!/^[0-9a-f]{40}(?:\.[0-9a-f]{8}\.part)?$/.test(name)) continue;
    const path = join(directory, name);
    const stats = await stat(path).catch(() => null);
    if (stats === null) continue;
    const isPart = name.endsWith('.part');
    if (isPart && Date.now() - stats.mtimeMs > stalePartMs) await unlink(path).catch(() => undefined);
    else if (!isPart) files.push({ path, usedAt: stats.mtimeMs, byteCount: stats.size });
  }
  let total = files.reduce((sum, { byteCount }) => sum + byteCount, 0);
  if (total <= mostByteCount) return;
  files.sort((one, other) => one.usedAt - other.usedAt);
  for (const { path, byteCount } of files) {
    if (total <= mostByteCount * shareKept) break;
    await unlink(path).catch(() => undefined);
    total -= byteCount;
  }
}
