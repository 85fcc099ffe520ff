import { type CheckpointShelf, type ShelvedCheckpoint, titleOf } from './checkpoint-shelf.ts';
import type { Clock } from './clock.ts';
import type { OptionsStore } from './options-store.ts';
import { PythonError } from './reply.ts';

/** Holds the one checkpoint that is in memory, and takes the time that loading another takes. */
export class CheckpointLoader {
  readonly #shelf: CheckpointShelf;
  readonly #options: OptionsStore;
  readonly #clock: Clock;
  #loadedPath: string | null = null;
  #initialLoad: Promise<void> = Promise.resolve();

  constructor(shelf: CheckpointShelf, options: OptionsStore, clock: Clock) {
    this.#shelf = shelf;
    this.#options = options;
    this.#clock = clock;
  }

  /** Loads the selected checkpoint in the background, as A1111 does while it already answers (webui-api.md 10.2). */
  loadInitially(): Promise<void> {
    if (this.#shelf.list().length > 0) this.#initialLoad = this.load(this.selected());
    return this.#initialLoad;
  }

  /** Settles once the first checkpoint is in memory. */
  whenReady(): Promise<void> {
    return this.#initialLoad;
  }

  /** What the options name; the first one there is where they name nothing that exists. */
  selected(): ShelvedCheckpoint {
    const checkpoint = this.#shelf.find(this.#options.get('sd_model_checkpoint')) ?? this.#shelf.list()[0];
    if (!checkpoint) {
      throw new PythonError(
        'FileNotFoundError',
        'No checkpoints found. When searching for checkpoints, looked at: models/Stable-diffusion',
      );
    }
    return checkpoint;
  }

  /** Returns at once when it is in memory already; the options then hold its title with the hash. */
  async load(checkpoint: ShelvedCheckpoint): Promise<void> {
    if (this.#loadedPath !== checkpoint.path) {
      this.#loadedPath = null;
      await this.#clock.sleep(checkpoint.loadMs);
      await this.#shelf.hash(checkpoint);
      this.#loadedPath = checkpoint.path;
    }
    this.#options.set('sd_model_checkpoint', titleOf(checkpoint));
    this.#options.set('sd_checkpoint_hash', checkpoint.sha256 ?? '');
  }

  /** The checkpoint in memory, or null while none is. */
  loaded(): ShelvedCheckpoint | null {
    return this.#shelf.list().find(({ path }) => path === this.#loadedPath) ?? null;
  }
}
