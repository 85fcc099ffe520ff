import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { emptySafetensors } from './empty-safetensors.ts';

/** A checkpoint that the demo pretends to have. */
export type DemoCheckpoint = {
  /** Path below `models/Stable-diffusion`, with `/`: the start of its title. */
  readonly path: string;
  readonly loadMs: number;
};

/** A checkpoint as the WebUI knows it. */
export type ShelvedCheckpoint = {
  readonly path: string;
  readonly filename: string;
  readonly modelName: string;
  readonly loadMs: number;
  /** Null until it was loaded once: then the title gains ` [hash]` (webui-api.md 2.1). */
  sha256: string | null;
};

/** Believable names, one in a folder, one beyond ASCII; the first is selected at the start. */
export const demoCheckpoints: readonly DemoCheckpoint[] = [
  { path: 'demo-landscape.safetensors', loadMs: 1200 },
  { path: 'demo-neon-xl-v1.0.safetensors', loadMs: 2400 },
  { path: 'demo-noir-fp16.safetensors', loadMs: 900 },
  { path: 'anime/demo-pastel-mix_v2.safetensors', loadMs: 1500 },
  { path: '演示-水墨.safetensors', loadMs: 1500 },
];

/** What a file that somebody puts into the folder takes to load. */
const foreignLoadMs = 1500;

/** The checkpoint files below one directory; they really are there, without any weights in them. */
export class CheckpointShelf {
  readonly #directory: string;
  readonly #known: readonly DemoCheckpoint[];
  #shelved: ShelvedCheckpoint[] = [];

  constructor(directory: string, known: readonly DemoCheckpoint[]) {
    this.#directory = directory;
    this.#known = known;
  }

  /** Creates the placeholder files that are missing and reads the directory. */
  async stock(): Promise<void> {
    for (const { path } of this.#known) {
      const file = join(this.#directory, path);
      const exists = await access(file).then(
        () => true,
        () => false,
      );
      if (exists) continue;
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, emptySafetensors(path));
    }
    await this.refresh();
  }

  /** Reads the directory again; what is known already stays the same object, since a generation may be holding it. */
  async refresh(): Promise<void> {
    await mkdir(this.#directory, { recursive: true });
    const entries = await readdir(this.#directory, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile() && ['.safetensors', '.ckpt'].includes(extname(entry.name)))
      .map((entry) => relative(this.#directory, join(entry.parentPath, entry.name)).split(sep).join('/'));
    this.#shelved = paths
      .sort(byFolderThenName)
      .map((path) => this.#shelved.find((shelved) => shelved.path === path) ?? this.#shelve(path));
  }

  #shelve(path: string): ShelvedCheckpoint {
    return {
      path,
      filename: join(this.#directory, path),
      modelName: path.slice(0, -extname(path).length).replaceAll('/', '_'),
      loadMs: this.#known.find((known) => known.path === path)?.loadMs ?? foreignLoadMs,
      sha256: null,
    };
  }

  list(): readonly ShelvedCheckpoint[] {
    return this.#shelved;
  }

  /** Resolves the exact names that A1111 takes for a checkpoint (webui-api.md 2.1). */
  find(name: unknown): ShelvedCheckpoint | undefined {
    return this.#shelved.find((shelved) => aliasesOf(shelved).includes(String(name)));
  }

  /** Hashes the file, as its first load does. */
  async hash(checkpoint: ShelvedCheckpoint): Promise<void> {
    checkpoint.sha256 ??= createHash('sha256')
      .update(await readFile(checkpoint.filename))
      .digest('hex');
  }
}

/** The 10 digits that stand in titles and infotexts. */
export function shortHashOf(checkpoint: ShelvedCheckpoint): string | null {
  return checkpoint.sha256?.slice(0, 10) ?? null;
}

export function titleOf(checkpoint: ShelvedCheckpoint): string {
  const hash = shortHashOf(checkpoint);
  return hash === null ? checkpoint.path : `${checkpoint.path} [${hash}]`;
}

function aliasesOf(checkpoint: ShelvedCheckpoint): string[] {
  const { path, modelName, sha256 } = checkpoint;
  const names = [path, modelName, basename(path, extname(path))];
  const hash = shortHashOf(checkpoint);
  return hash === null || sha256 === null
    ? names
    : [...names, titleOf(checkpoint), hash, sha256, `${modelName} [${hash}]`];
}

/** Files of a folder before its subfolders, each by name: the order of A1111's walk. */
function byFolderThenName(left: string, right: string): number {
  return dirname(left).localeCompare(dirname(right)) || left.localeCompare(right);
}
