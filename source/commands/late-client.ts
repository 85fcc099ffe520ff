import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebUiClient } from '../webui/client.ts';
import type { Target } from './connect.ts';

/**
 * A WebUI client whose HTTP stack is loaded when it is first asked something, a turn of the event loop later: undici takes a
 * third of the time to the first frame, which can be drawn before it.
 */
export function createLateClient(target: Target): WebUiClient {
  let loaded: Promise<WebUiClient> | null = null;
  const client = () => (loaded ??= load(target));
  return {
    url: target.url,
    probe: async (signal) => (await client()).probe(signal),
    generate: async (generation, options) => (await client()).generate(generation, options),
    readProgress: async () => (await client()).readProgress(),
    readMemory: async () => (await client()).readMemory(),
    interrupt: async () => (await client()).interrupt(),
    skip: async () => (await client()).skip(),
    refreshCheckpoints: async () => (await client()).refreshCheckpoints(),
    close: async () => await (await loaded)?.close(),
  };
}

async function load(target: Target): Promise<WebUiClient> {
  await nextTurn();
  const { createWebUiClient } = await import('../webui/create-webui-client.ts');
  return createWebUiClient(target);
}
