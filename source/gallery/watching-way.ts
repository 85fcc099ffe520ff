import { statfs } from 'node:fs/promises';

/** Linux's names for file systems whose other users' changes raise no events here (statfs(2), linux/magic.h). */
const silentFileSystems: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x65735546, // FUSE: sshfs, rclone, s3fs
  0x01021997, // 9p: WSL's view of Windows drives, virtual machines' shared folders
  0x00c36400, // Ceph
  0x5346414f, // AFS
  0x73757245, // Coda
  0x0bd00bd0, // Lustre
  0x786f4256, // VirtualBox shared folders
]);

/** Whether a folder lies on a file system that tells nothing of what other machines write to it. */
export async function isSilentFileSystem(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const { type } = await statfs(path);
  return silentFileSystems.has(type >>> 0);
}
