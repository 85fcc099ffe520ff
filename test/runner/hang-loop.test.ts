import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedger } from '../../source/ledger/open-ledger.ts';
import { openLedgerReader } from '../../source/ledger/open-ledger-reader.ts';
import type { Ending } from '../helpers/ending.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { restartedLoop } from './restarted-loop.ts';

const atLength = { timeoutMs: 50_000 };

/** A loop of 16 images whose WebUI is given the fault before the second generation; resolves once it has made them all. */
async function loopThroughHang(fault: string, ending: Ending) {
  const loop = await restartedLoop(
    {
      // Fifty times as impatient as with a real WebUI.
      hangPatience: 0.02,
      openLedger: (directory) => openLedger({ directory }),
    },
    ending,
  );
  await waitFor(() => loop.runner.getSnapshot().webUi !== null, atLength);
  const answer = await fetch(`${loop.url}/demo/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ add: fault }),
  });
  expect(answer.status).toBe(200);
  loop.start(16);
  await waitFor(() => loop.runner.getSnapshot().status.kind === 'stopped', atLength);
  return loop;
}

type Loop = Awaited<ReturnType<typeof loopThroughHang>>;

/** What was done about the hang, rung by rung. */
function rungsOf({ notices }: Loop): (string | undefined)[] {
  return notices.flatMap((notice) => {
    if (notice.type === 'restarting') return [`restart (${notice.reason.kind})`];
    if (notice.type === 'failure' && notice.failure.kind === 'hung') return [notice.measure?.kind];
    return [];
  });
}

/** The same as a person reads it in the report. */
function hangsIn({ directory }: Loop): string[] {
  const opened = openLedgerReader(directory);
  if (!opened.ok) throw new Error(opened.trouble.message);
  const incidents = opened.reader.report(null)?.incidents ?? [];
  opened.reader.close();
  return incidents
    .filter(({ reason }) => reason.startsWith('The WebUI hangs'))
    .map(({ kind, reason, action }) => `${kind}: ${reason} (${action})`);
}

function expectEachSeedOnce({ seeds, directory }: Loop): void {
  const all = Array.from({ length: 16 }, (_, index) => 1000 + index);
  expect(seeds()).toEqual(all);
  const files = readdirSync(join(directory, 'webui/outputs/txt2img-images'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.png'));
  expect(files.map((name) => Number(/-(\d+)\.png$/.exec(name)?.[1])).toSorted((a, b) => a - b)).toEqual(all);
}

test.concurrent('a hang that the interrupt ends costs the loop nothing else', async (context) => {
  const loop = await loopThroughHang('stall@3:2', context);
  expect(rungsOf(loop)).toEqual(['restart (unreachable)', 'interrupt', undefined]);
  expect(hangsIn(loop)).toEqual([
    expect.stringMatching(/^hung: .*no step for \d+ s\. \(asked the WebUI to end it\)$/),
    expect.stringMatching(/^hung: .*no step for \d+ s\. \(tried again after 1 s\)$/),
  ]);
  expectEachSeedOnce(loop);
}, 60_000);

test.concurrent('a hang that only a restart ends is interrupted, let go of, looked at again and restarted', async (context) => {
  const loop = await loopThroughHang('hang@3:2', context);
  expect(rungsOf(loop)).toEqual(['restart (unreachable)', 'interrupt', 'reconnect', 'restart (hung)']);
  expect(hangsIn(loop)).toEqual([
    expect.stringMatching(/^hung: .*no step for \d+ s\. \(asked the WebUI to end it\)$/),
    expect.stringMatching(
      /^hung: .*no step for \d+ s\. \(dropped the connection and looked for what it had made\)$/,
    ),
    expect.stringMatching(/^restarting: The WebUI hangs.*\(restarted the WebUI\)$/),
  ]);
  expectEachSeedOnce(loop);
}, 60_000);
