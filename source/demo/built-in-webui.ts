import { randomInt } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chanceFrom } from './chance.ts';
import { CheckpointLoader } from './checkpoint-loader.ts';
import { CheckpointShelf, type DemoCheckpoint, demoCheckpoints } from './checkpoint-shelf.ts';
import { Clock } from './clock.ts';
import { controlRoutes } from './control-routes.ts';
import { demoFamilies } from './families/demo-families.ts';
import type { DemoFamilyName } from './family-names.ts';
import { FaultSchedule } from './fault-schedule.ts';
import type { Fault } from './faults.ts';
import { FifoLock } from './fifo-lock.ts';
import { answer } from './front-door.ts';
import { serve } from './http-server.ts';
import type { Machine, Pace } from './machine.ts';
import { OptionsStore } from './options-store.ts';
import { ProgressState } from './progress-state.ts';
import { readBody } from './request-body.ts';
import type { Routes } from './routes.ts';
import { type DemoStatistics, Statistics } from './statistics.ts';
import { webRoutes } from './web-routes.ts';

export type BuiltInWebUiOptions = {
  /** Where `outputs` and `models` go; created when missing. */
  readonly dataDirectory: string;
  /** Which WebUI it plays; A1111 1.10 by default. */
  readonly family?: DemoFamilyName;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** `user:password`, asked for on `/sdapi` as with `--api-auth`. */
  readonly auth?: string;
  /** One sampling step of one batch, ms; 120 by default. */
  readonly stepMs?: number;
  /** Sampling of a whole generation instead, ms, fixed or between two bounds. */
  readonly durationMs?: number | readonly [number, number];
  /** Sampling of each image instead, ms: a batch takes as many times as long as it has images. */
  readonly imageMs?: number | readonly [number, number];
  /** The first is selected and loads at the start; `demoCheckpoints` by default, and none at all is possible. */
  readonly checkpoints?: readonly DemoCheckpoint[];
  /** Replaces every checkpoint's own load time. */
  readonly loadMs?: number;
  readonly faults?: readonly Fault[];
  /** Whether it was started with `--api-server-stop`, by its script or by hand; `by-hand` cannot restart itself. Not at all by default. */
  readonly apiServerStop?: 'by-script' | 'by-hand';
  /** How long it is down when it restarts itself, ms; 1 s by default. */
  readonly restartMs?: number;
  /** False answers 404 below `/sdapi`, as a WebUI without `--api`. */
  readonly hasApi?: boolean;
  /** Added to every round trip, half before and half after the exchange. */
  readonly latencyMs?: number;
  /** For durations and for seeds of -1; random by default. */
  readonly seed?: number;
  /** The wall clock, ms since epoch: decides on dates only. */
  readonly now?: () => number;
};

export type BuiltInWebUi = {
  readonly url: string;
  readonly port: number;
  /** Absolute. */
  readonly dataDirectory: string;
  stats(): DemoStatistics;
  addFault(fault: Fault): void;
  /** Ends all faults; a generation that hangs goes on. */
  clearFaults(): void;
  /** How often it has restarted itself. */
  restartCount(): number;
  /** Destroys all connections and returns when nothing works on any longer. */
  close(): Promise<void>;
};

/** Starts the built-in WebUI on loopback: the API of A1111 or of another family over drawn pictures (design.md 7). Rejects when the port is taken. */
export async function startBuiltInWebUi(options: BuiltInWebUiOptions): Promise<BuiltInWebUi> {
  const statistics = new Statistics();
  const closing = new AbortController();
  let restartCount = 0;
  let restarting: Promise<void> = Promise.resolve();

  /** As its script does: the old process ends with all that it worked on, faults included, and another takes its port. */
  function restart(): void {
    restarting = restarting.then(async () => {
      await life.close();
      await wait(options.restartMs ?? 1000, undefined, { signal: closing.signal }).catch(() => undefined);
      if (closing.signal.aborted) return;
      life = await startLife({ ...options, port: life.port, faults: [] }, statistics, restart);
      restartCount += 1;
    });
  }

  let life = await startLife(options, statistics, restart);
  return {
    url: `http://127.0.0.1:${life.port}`,
    port: life.port,
    dataDirectory: resolve(options.dataDirectory),
    stats: () => statistics.read(),
    addFault: (fault) => life.addFault(fault),
    clearFaults: () => life.clearFaults(),
    restartCount: () => restartCount,
    async close() {
      closing.abort();
      await restarting;
      await life.close();
    },
  };
}

/** One process of it, from its start to its end. */
type Life = Pick<BuiltInWebUi, 'port' | 'addFault' | 'clearFaults' | 'close'>;

async function startLife(
  options: BuiltInWebUiOptions,
  statistics: Statistics,
  restart: () => void,
): Promise<Life> {
  const closing = new AbortController();
  const clock = new Clock(options.now ?? Date.now, closing.signal);
  const { apiServerStop } = options;
  const serverStop =
    apiServerStop === undefined ? null : { isRestartable: apiServerStop === 'by-script', restart };
  const machine = await assemble(options, { clock, statistics, serverStop });
  const { faults, family } = machine;
  for (const fault of options.faults ?? []) faults.add(fault, clock.steady());

  const auth = options.auth ?? null;
  const admission = {
    auth,
    hasApi: options.hasApi ?? true,
    isStarting: () => faults.isDue('starting', clock.steady()),
    isLockedOut: () => faults.isDue('unauthorised', clock.steady()),
  };
  const api = family.routes(machine, { port: () => server.port, auth });
  const page = family.fieldNames === null ? {} : webRoutes(admission.hasApi ? api : {}, family.fieldNames);
  const routes: Routes = { ...api, ...page, ...controlRoutes(machine) };
  const server = await serve(
    options.port ?? 0,
    (request, path, query) =>
      answer(
        routes,
        machine,
        admission,
        { path, verb: request.method ?? '', authorization: request.headers.authorization },
        async () => {
          const body = await readBody(request);
          return body && { query, body };
        },
      ),
    (path) => (path.startsWith('/demo/') ? 0 : (options.latencyMs ?? 0) + faults.latencyMs()),
    clock,
    family.manners,
  );
  const initialLoad = machine.loader.loadInitially().catch((error: unknown) => {
    if (!closing.signal.aborted) throw error;
  });

  return {
    port: server.port,
    addFault: (fault) => faults.add(fault, clock.steady()),
    clearFaults: () => faults.clear(),
    async close() {
      closing.abort();
      await Promise.all([server.close(), initialLoad]);
    },
  };
}

async function assemble(
  given: BuiltInWebUiOptions,
  { clock, statistics, serverStop }: Pick<Machine, 'clock' | 'statistics' | 'serverStop'>,
): Promise<Machine> {
  const dataDirectory = resolve(given.dataDirectory);
  await mkdir(dataDirectory, { recursive: true });
  const { loadMs } = given;
  const family = demoFamilies[given.family ?? 'a1111'];
  const there = given.checkpoints ?? demoCheckpoints;
  const known = (family.hasOneCheckpoint ? there.slice(0, 1) : there).map((checkpoint) => ({
    ...checkpoint,
    loadMs: loadMs ?? checkpoint.loadMs,
  }));
  const options = new OptionsStore(family);
  const shelf = new CheckpointShelf(resolve(dataDirectory, 'models/Stable-diffusion'), known);
  await shelf.stock();
  options.set('sd_model_checkpoint', known[0]?.path ?? null);
  const { stepMs = 120, durationMs = null, imageMs = null } = given;
  const pace: Pace = { stepMs, durationMs, imageMs };
  return {
    family,
    dataDirectory,
    clock,
    chance: chanceFrom(given.seed ?? randomInt(2 ** 32)),
    pace,
    lock: new FifoLock(),
    options,
    shelf,
    loader: new CheckpointLoader(shelf, options, clock),
    progress: new ProgressState(),
    statistics,
    serverStop,
    faults: new FaultSchedule(),
    pending: new Set(),
    completed: [],
    memory: { outOfMemoryCount: 0, leakedBytes: 0 },
    log: [],
    savedCount: { value: null },
  };
}
