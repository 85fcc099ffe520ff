import type { Failure } from '../generation/failure.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'there is a file where a folder should be',
  EEXIST: 'there is a file where a folder should be',
  EISDIR: 'there is a folder where a file should be',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'this process has too many files open',
  ENFILE: 'the system has too many files open',
  EIO: 'the disk reports an error',
  ENODEV: 'the disk is not there',
  ENXIO: 'the disk is not there',
  ESTALE: 'the file server does not know it any more',
  ETIMEDOUT: 'the file server does not answer',
  EHOSTDOWN: 'the file server does not answer',
};

/** What a file system's error code means, for a person. */
export function reasonOf(code: string): string {
  return reasons[code] ?? `the file system answers ${code}`;
}

/** Turns the file system's error into a failure whose detail is the path and the reason; anything else is a bug and thrown on. */
export function toDiskFailure(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || code.startsWith('ERR_')) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { kind: 'disk-full', detail: path };
  return { kind: 'directory-unwritable', detail: `${path}: ${reasonOf(code)}` };
}
