/** Performs wishes, a few at once; of those that wait the newest comes first, as it is what a person looks at now. */
export type WishQueue = {
  /** Rejects with an AbortError when it was given up before its turn. */
  perform<Result>(wish: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
};

type Waiting = { readonly start: () => void };

export function createWishQueue(mostAtOnce: number): WishQueue {
  const waiting: Waiting[] = [];
  let running = 0;

  function startNext(): void {
    if (running >= mostAtOnce) return;
    const next = waiting.pop();
    if (!next) return;
    running += 1;
    next.start();
  }

  return {
    perform<Result>(wish: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const entry: Waiting = {
        start() {
          signal?.removeEventListener('abort', giveUp);
          wish()
            .then(resolve, reject)
            .finally(() => {
              running -= 1;
              startNext();
            });
        },
      };
      function giveUp(): void {
        const index = waiting.indexOf(entry);
        if (index < 0) return;
        waiting.splice(index, 1);
        reject(new DOMException('The wish was given up.', 'AbortError'));
      }
      waiting.push(entry);
      signal?.addEventListener('abort', giveUp, { once: true });
      if (signal?.aborted) giveUp();
      startNext();
      return promise;
    },
  };
}
