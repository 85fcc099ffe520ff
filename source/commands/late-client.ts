import type { WebUiClient } from '../webui/client.ts';
import type { Target } from './connect.ts';

/**
 * Makes WebUI clients whose HTTP stack is loaded once `mayLoad` resolves: undici takes a fifth of the time to the first frame, which
 * can be drawn before it.
 */
export function lateClients(mayLoad: Promise<void>): (target: Target) => WebUiClient {
  return (target) => createLateClient(target, mayLoad);
}

function createLateClient(target: Target, mayLoad: Promise<void>): WebUiClient {
  let loaded: Promise<WebUiClient> | null = null;
  const client = () => (loaded ??= load(target, mayLoad));
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

async function load(target: Target, mayLoad: Promise<void>): Promise<WebUiClient> {
  await mayLoad;
  const { createWebUiClient } = await import('../webui/create-webui-client.ts');
  return createWebUiClient(target);
}
