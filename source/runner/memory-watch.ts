import type { MemoryUse } from '../generation/webui.ts';
import type { WebUiClient } from '../webui/client.ts';

/** Memory moves slowly, and each question costs the server a look at the GPU. */
const intervalMs = 10_000;

export type MemoryWatch = {
  open(client: WebUiClient): void;
  /** Asks only while the loop is at work. */
  setActive(isActive: boolean): void;
  latest(): MemoryUse | null;
  close(): void;
};

/** Asks the WebUI now and then how much memory it uses. */
export function createMemoryWatch(onChange: () => void): MemoryWatch {
  let client: WebUiClient | null = null;
  let latest: MemoryUse | null = null;
  let timer: NodeJS.Timeout | null = null;

  function cancel(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  async function ask(): Promise<void> {
    const asked = client;
    const result = await asked?.readMemory();
    if (asked !== client || timer === null) return;
    if (result?.ok) {
      latest = result.value;
      onChange();
    }
    timer = setTimeout(ask, intervalMs);
  }

  return {
    open(next) {
      client = next;
      latest = null;
    },
    setActive(isActive) {
      if (!isActive) cancel();
      else timer ??= setTimeout(ask, 0);
    },
    latest: () => latest,
    close() {
      cancel();
      client = null;
    },
  };
}
