/** Lets one piece of work run at a time, in the order of asking (webui-api.md 8). */
export class FifoLock {
  #last: Promise<void> = Promise.resolve();

  /** Waits for everyone who asked before, then works; a failure passes the lock on too. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last;
    const done = Promise.withResolvers<void>();
    this.#last = done.promise;
    await turn;
    try {
      return await work();
    } finally {
      done.resolve();
    }
  }
}
