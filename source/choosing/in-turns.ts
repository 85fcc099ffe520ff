/** Enough at a time to hide a network file system's round trips. */
const atOnce = 8;

/** Does the work for each item, a few at a time, and resolves when all are done. */
export async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
