import * as v from 'valibot';

const statistics = v.object({
  requests: v.array(
    v.object({
      startedAt: v.nullable(v.number()),
      endedAt: v.nullable(v.number()),
      seeds: v.array(v.number()),
      checkpoint: v.nullable(v.string()),
      outcome: v.picklist(['running', 'completed', 'failed']),
    }),
  ),
});

/** One txt2img request as the server saw it; ms since epoch. */
export type ServedRequest = v.InferOutput<typeof statistics>['requests'][number];

/** Gives a fault to the built-in WebUI; one that is down has trouble enough. */
export async function giveFault(url: string, fault: string): Promise<void> {
  const answer = await fetch(`${url}/demo/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ add: fault }),
  }).catch(() => null);
  if (answer !== null && !answer.ok)
    throw new Error(`The built-in WebUI refused the fault ${fault}: ${await answer.text()}`);
}

/** Ends all faults of the built-in WebUI, if it is there. */
export async function clearFaults(url: string): Promise<void> {
  await fetch(`${url}/demo/faults`, { method: 'DELETE' }).catch(() => null);
}

/** What was asked of it since it was started; nothing while it is down. */
export async function readServed(url: string): Promise<readonly ServedRequest[]> {
  const answer = await fetch(`${url}/demo/stats`).catch(() => null);
  return answer === null ? [] : v.parse(statistics, await answer.json()).requests;
}
