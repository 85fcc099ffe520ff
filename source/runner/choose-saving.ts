import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Saving } from '../engine/effect.ts';
import type { Result } from '../generation/failure.ts';
import type { WebUi } from '../generation/webui.ts';

/** What the person asked for. */
export type SavingPreference = {
  readonly choice: 'auto' | 'server' | 'client';
  /** Where the client is to save, or where the server's directory is seen from here; null when not given. */
  readonly outputDirectory: string | null;
  /** What relative directories are meant from, absolute; a runner in the background has none of its own. */
  readonly workingDirectory: string;
};

export type SavingPlan = {
  readonly by: Saving;
  /** Of the txt2img images, absolute. */
  readonly directory: string;
  /** Where the client saves when the server's files cannot be found after all. */
  readonly clientDirectory: string;
};

/**
 * Decides who writes the images: the server where its output directory is on this machine, since then nothing crosses the wire, else
 * the client. An output directory that was named is where the client saves, unless the server was told to.
 */
export function chooseSaving(webUi: WebUi, preference: SavingPreference): Result<SavingPlan> {
  const { choice, outputDirectory } = preference;
  const clientDirectory = resolve(
    preference.workingDirectory,
    outputDirectory ?? 'outputs',
    'txt2img-images',
  );
  const byClient = { by: 'client', directory: clientDirectory, clientDirectory } as const;
  if (choice === 'client' || !webUi.canSave) return { ok: true, value: byClient };
  if (choice === 'server') {
    const directory = serverDirectory(webUi, preference);
    if (directory === null) {
      const detail = 'the WebUI does not say where it saves: name the place with --output-dir';
      return { ok: false, failure: { kind: 'directory-unwritable', detail } };
    }
    if (outputDirectory !== null && !existsSync(directory) && !existsSync(dirname(directory))) {
      const detail = `${directory} is not there: name the WebUI's own output directory as it is seen from here`;
      return { ok: false, failure: { kind: 'directory-unwritable', detail } };
    }
    return { ok: true, value: { by: 'server', directory, clientDirectory } };
  }
  if (outputDirectory !== null || !webUi.isOutputFollowable || !isHere(webUi) || !webUi.outputDirectory) {
    return { ok: true, value: byClient };
  }
  return { ok: true, value: { by: 'server', directory: webUi.outputDirectory, clientDirectory } };
}

function serverDirectory(
  webUi: WebUi,
  { outputDirectory, workingDirectory }: SavingPreference,
): string | null {
  if (outputDirectory === null) return webUi.outputDirectory;
  const named = resolve(workingDirectory, outputDirectory);
  // People name either the outputs or the txt2img images below it.
  const below = join(named, 'txt2img-images');
  return existsSync(below) ? below : named;
}

/** Whether the server's directory is the one of that name here: the directory exists, or will be made beside checkpoints that do. */
function isHere(webUi: WebUi): boolean {
  const directory = webUi.outputDirectory;
  if (directory === null || !isThisMachine(webUi.url)) return false;
  if (existsSync(directory)) return true;
  const isInstallHere = webUi.checkpoints.some(({ filename }) => filename !== null && existsSync(filename));
  return isInstallHere && existsSync(dirname(dirname(directory)));
}

/** A tunnel's end looks local too, so this is a hint only; the directory decides. */
function isThisMachine(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return true;
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === host),
  );
}
