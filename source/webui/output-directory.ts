import { posix, win32 } from 'node:path';
import type { Checkpoint } from '../generation/checkpoint.ts';
import type { CmdFlags } from './wire/cmd-flags.ts';

/**
 * Where the API writes txt2img images, absolute, or null when it cannot be told. Only `outdir_txt2img_samples` counts: the API ignores
 * the page's `outdir_samples` (webui-api.md 9.1). A relative one starts at the WebUI's working directory, its install folder with
 * webui.sh, which is worked out here and may be wrong: look whether it exists. It is a server's word: nothing is ever written there.
 */
export function outputDirectory(
  outdir: string | null,
  flags: CmdFlags | null,
  checkpoints: readonly Checkpoint[],
): string | null {
  if (!outdir) return null;
  const base = absolute(outdir) === null ? installFolder(flags, checkpoints) : null;
  const directory = absolute(outdir) ?? (base && pathsOf(base).join(base, outdir));
  return directory !== null && canExist(directory) ? directory : null;
}

/** Linux takes paths of 4095 bytes at most, and what has a control character in it is no directory that a person has named. */
function canExist(path: string): boolean {
  return Buffer.byteLength(path) <= 4095 && !/\p{Control}/u.test(path);
}

/** Where SD.Next writes txt2img images: a relative folder is below the common one, where that is set (webui-api.md 7.4). */
export function belowCommonFolder(outdir: string | null, common: string | null): string | null {
  if (!outdir || !common || absolute(outdir)) return outdir;
  return pathsOf(common).join(common, outdir);
}

/** `config` is below the install folder by default even where `--data-dir` leads elsewhere; Forge tells neither (webui-api.md 13.4). */
function installFolder(flags: CmdFlags | null, checkpoints: readonly Checkpoint[]): string | null {
  const candidates = [
    cutBefore(flags?.config, /[/\\]configs[/\\]v1-inference\.yaml$/),
    flags?.data_dir,
    ...checkpoints.map(({ filename }) => cutBefore(filename, /[/\\]models[/\\]Stable-diffusion[/\\]/i)),
  ];
  return candidates.map((path) => path && absolute(path)).find(Boolean) ?? null;
}

function cutBefore(path: string | null | undefined, tail: RegExp): string | null {
  const match = path ? tail.exec(path) : null;
  return path && match ? path.slice(0, match.index) : null;
}

/** A drive or share makes a path one of Windows, whichever system this is. */
function pathsOf(path: string): typeof posix {
  return /^(?:[a-z]:[/\\]|\\\\)/i.test(path) ? win32 : posix;
}

function absolute(path: string): string | null {
  const { isAbsolute, normalize } = pathsOf(path);
  return isAbsolute(path) ? normalize(path).replace(/(.)[/\\]$/, '$1') : null;
}
