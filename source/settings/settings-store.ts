import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { configDirectory } from './directories.ts';
import type { Environment } from './environment.ts';
import { holdFile } from './hold-file.ts';
import { makeDirectory } from './make-directory.ts';
import { parseSettings, readSettingsFile, type SettingsFile } from './settings-file.ts';

/** The settings file as it was at the start, and the way to change it. */
export type SettingsStore = {
  readonly path: string;
  readonly file: SettingsFile;
  /** What could not be read or used, as sentences for a person. */
  readonly notices: readonly string[];
  /**
   * Applies the change to the file as it is now (another sdloop may have written it) and writes it atomically, mode 0600.
   * Returns why it could not be kept, or null.
   */
  change(change: (file: SettingsFile) => Partial<SettingsFile>): Promise<string | null>;
};

/** Reads the settings at once. */
export function openSettings(environment: Environment): SettingsStore {
  const directory = configDirectory(environment);
  const path = join(directory, 'config.json');
  const { file, notices } = readSettingsFile(path);
  return {
    path,
    file,
    notices,
    async change(change) {
      try {
        const isChanged = () => {
          const { file: now } = readSettingsFile(path);
          return !isDeepStrictEqual({ ...now, ...change(now) }, now);
        };
        // Most starts change nothing, and are spared conf.
        if (!isChanged()) return null;
        const { default: Conf } = await import('conf');
        makeDirectory(directory);
        const conf = new Conf<Record<string, unknown>>({
          cwd: directory,
          configName: 'config',
          configFileMode: 0o600,
          deserialize: (text) => parseSettings(text) as Record<string, unknown>,
        });
        // A screen notes its plan at the moment at which its runner notes where images go.
        await holdFile(path, () => conf.set({ ...change(readSettingsFile(path).file) }));
        return null;
      } catch (error) {
        return `The settings cannot be kept in ${path}: ${error instanceof Error ? error.message : error}.`;
      }
    },
  };
}
