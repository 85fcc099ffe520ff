import { randomInt } from 'node:crypto';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Command } from '../engine/command.ts';
import type { Effect } from '../engine/effect.ts';
import type { Event } from '../engine/event.ts';
import { isBusy } from '../engine/lane.ts';
import { type LoopPolicy, usualPolicy } from '../engine/loop-policy.ts';
import type { Notice } from '../engine/notice.ts';
import { initialState, type LoopState } from '../engine/state.ts';
import { transition } from '../engine/transition.ts';
import type { Access } from '../generation/access.ts';
import type { WebUi } from '../generation/webui.ts';
import type { CutOffRun, Ledger } from '../ledger/ledger.ts';
import { describeCutOff } from '../presentation/describe-cut-off.ts';
import { describeNotice } from '../presentation/describe-notice.ts';
import { describeRisks } from '../presentation/describe-risks.ts';
import { claimExpectedFiles } from '../presentation/expected-files.ts';
import { refusalOf } from '../presentation/refusal.ts';
import { emptyStats, foldNotice, type Stats } from '../stats/stats.ts';
import type { WebUiClient } from '../webui/client.ts';
import type { StartPatience } from './await-webui.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { SavingPreference } from './choose-saving.ts';
import { createDriftWatch } from './drift-watch.ts';
import { createGalleries } from './galleries.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createLivePreviews } from './live-previews.ts';
import { createMemoryWatch } from './memory-watch.ts';
import { createMessageList } from './message-list.ts';
import { openConnection } from './open-connection.ts';
import { createPerformer } from './performer.ts';
import type { Restarter } from './restarter.ts';
import { createSavingPlace } from './saving-place.ts';
import { createScreenCount } from './screen-count.ts';
import { createSnapshotStore, type Urgency } from './snapshot-store.ts';
import { createSpaceWatch, readFreeSpace } from './space-watch.ts';
import { type Unneeded, whyUnneeded } from './still-needed.ts';

export type Address = {
  readonly url: string;
  /** `user:password`, or null. */
  readonly auth: string | null;
  readonly access?: Access;
};

export type RunnerOptions = {
  readonly address: Address;
  readonly createClient: (address: Address) => WebUiClient;
  readonly saving: SavingPreference;
  readonly isDemo: boolean;
  /** Where every generation and image is written down; null keeps no record. */
  readonly ledger: Ledger | null;
  /** The loop rests while less is free on the disk with the images, bytes; 0 for no floor. */
  readonly minFreeBytes: number;
  /** What is done about failures; the usual where none is given. */
  readonly policy?: LoopPolicy;
  /** Whether a loop that was cut off while it was generating goes on by itself; otherwise it comes back paused. */
  readonly resumesAfterCrash: boolean;
  /** Whether its progress is followed although no screen is there, as in the lines of `sdloop run --json`. */
  readonly isFollowed: boolean;
  /** Null where the WebUI cannot be restarted. */
  readonly restarter: Restarter | null;
  /** How long a WebUI that restarts itself may take to answer again; 10 min when not given. */
  readonly startPatience?: StartPatience;
  /** How long a WebUI that answered before may be away until it is restarted, ms; 30 s when not given. */
  readonly restartGraceMs?: number;
  /** How long the WebUI may make no step until it counts as hung, in shares of the usual times; 1 when not given. */
  readonly hangPatience?: number;
  /** The share of the machine's memory (0 to 1) from which on the WebUI is restarted between two generations; never when not given. */
  readonly restartWhenRamShare?: number | null;
  /** Between two looks at the WebUI's memory, ms; 10 s when not given. */
  readonly memoryIntervalMs?: number;
  /** Called for each notice, in order, before the snapshot that holds its effect; `url` is the WebUI's. */
  readonly onNotice?: (notice: Notice, url: string) => void;
  /** Called with what no notice tells, of the ledger, the pace and the risks of the address: a sentence; the screens are told too. */
  readonly onRemark?: (words: string) => void;
  /** Called once, when the loop is over and no screen needs the runner; a runner that no screen has come to yet is not judged. */
  readonly onUnneeded?: (why: Unneeded) => void;
};

/** Performs the loop in this process. */
export type Runner = {
  /** Whether it goes on with what an earlier runner left. */
  readonly isContinued: boolean;
  /** Opens a connection; the coming and leaving of screens counts for what is told to the next one. */
  open(role: 'screen' | 'command'): RunnerConnection;
  /** Why the loop would not take the command, as a sentence; null where it does. */
  refusalOf(command: Command): string | null;
  /** Looks whether it is needed although no screen has come. */
  judge(): void;
  /** The process is being ended, and not the loop: the next runner is to go on with it. */
  leaveToNext(): void;
  /** Whether anything was sent, or is to be sent again, whose images are not all accounted for. */
  hasUnfinished(): boolean;
  /** Lets go of the WebUI, the directory and all timers; what is in flight is not waited for. */
  close(): Promise<void>;
};

const lane = 0;

const withoutRestart =
  '--restart-when-ram has no way to restart the WebUI: add --restart-command, or start the WebUI with `--api-server-stop`.';

/** Starts a loop that connects at once; it takes up what a runner that died left in the ledger, else generates when it is told to. */
export function startRunner(options: RunnerOptions): Runner {
  const { ledger } = options;
  const cutOff = worthResuming(options);
  const startedAt = cutOff?.startedAt ?? Date.now();
  let address = options.address;
  let state: LoopState = initialState({
    at: Date.now(),
    lanes: [lane],
    saving: 'client',
    maySwitchSaving: options.saving.choice === 'auto',
    ...(options.restartGraceMs === undefined ? {} : { restartGraceMs: options.restartGraceMs }),
    hangPatience: options.hangPatience ?? 1,
    policy: options.policy ?? usualPolicy,
  });
  let stats: Stats = emptyStats(startedAt, cutOff ?? undefined);
  let isClosed = false;
  let isUnneeded = false;
  let checkpoint = '';

  const messages = createMessageList();
  const store = createSnapshotStore(() =>
    buildSnapshot({
      at: Date.now(),
      startedAt,
      url: address.url,
      isDemo: options.isDemo,
      state,
      stats,
      saving: place.current(),
      freeBytes: space.freeBytes(),
      floorBytes: options.minFreeBytes,
      slowdown: drift.slowdown(),
      memory: memory.latest(),
      growth: memory.growth,
      messages: messages.list(),
      ledgerTrouble: ledger?.trouble() ?? null,
    }),
  );
  const galleries = createGalleries(() => store.touch('soon'), cutOff?.recentImages ?? []);
  const place = createSavingPlace(options.saving, galleries, () => space.look());
  const space = createSpaceWatch({
    read: () => readFreeSpace(place.current()),
    tell: (reading) => take({ type: 'space-told', ...reading, floorBytes: options.minFreeBytes }),
  });
  const previews = createLivePreviews({
    ability: () => state.lanes[lane]?.webUi?.livePreviews ?? null,
    runningId: () => onGpu()?.work.request.id ?? null,
    isOfRunning: (progress) => onGpu()?.latest?.progress === progress,
    onWanted: () => performer.hurry(),
    remark: (words) => {
      remark(Date.now(), words);
      store.touch('soon');
    },
  });
  const performer = createPerformer({
    saving: place,
    galleries,
    previews,
    take,
    lane,
    restart: options.restarter?.restart ?? null,
    startPatience: options.startPatience ?? { patienceMs: 10 * 60_000 },
    hangPatience: options.hangPatience ?? 1,
    onTick: () => store.touch('calm'),
    isWatched: () => options.isFollowed || screens.count() > 0 || previews.isWanted(),
  });
  const drift = createDriftWatch({
    look: () => ({
      ramUsed: memory.latest()?.ramUsed ?? null,
      vramUsed: memory.latest()?.vramUsed ?? null,
      fileCount: galleries.fileCount(),
    }),
    tell(message, incident) {
      messages.add(incident.at, message);
      ledger?.recordIncident(incident);
      options.onRemark?.(message.text);
    },
  });
  const memory = createMemoryWatch({
    onChange: () => store.touch('calm'),
    imageCount: () => stats.imageCount,
    lowFromShare: options.restartWhenRamShare ?? null,
    onLow: (reason) => take({ type: 'restart-wanted', lane, reason }),
    intervalMs: options.memoryIntervalMs,
  });
  const writer = createLedgerWriter(ledger);
  const screens = createScreenCount(ledger);

  function take(event: Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'chance'> : never) : never) {
    if (isClosed) return;
    const full = { ...event, at: Date.now(), chance: randomInt(2 ** 32) } as Event;
    const savingBefore = state.saving;
    const [next, effects] = transition(state, full);
    state = next;
    if (state.saving !== savingBefore) place.switchTo(state.saving);
    // Before any effect: what is sent must be in the ledger first.
    writer.write(full.at, state, effects);
    for (const text of ledger?.takeRemarks() ?? []) remark(full.at, text);
    for (const effect of effects) perform(effect);
    previews.follow();
    space.follow({ isActive: state.isActive, isWaiting: state.lowSpace !== null });
    if (full.type === 'command-given' && full.command.type === 'retry-now') void space.look();
    store.touch(urgencyOf(full));
    if (state.ended !== null) judge();
  }

  function onGpu() {
    return state.lanes[lane]?.inFlight[0] ?? null;
  }

  /** Whether what was learnt of the WebUI's memory is over: it was started anew, or is to load another checkpoint. */
  function isNewGround(notice: Notice): boolean {
    if (notice.type === 'connected' || notice.type === 'restarting') return true;
    if (notice.type !== 'generation-started') return false;
    const before = checkpoint;
    checkpoint = notice.generation.checkpoint;
    return before !== checkpoint;
  }

  /** Whether it is to be restarted when its memory fills, and nothing can do it. */
  function isRestartVain({ canRestartItself }: WebUi): boolean {
    return (options.restartWhenRamShare ?? null) !== null && !state.canRestart && !canRestartItself;
  }

  function remark(at: number, text: string): void {
    messages.add(at, { tone: 'warning', text });
    options.onRemark?.(text);
  }

  function perform(effect: Effect): void {
    if (effect.type !== 'announce') {
      performer.perform(effect);
      return;
    }
    const { notice } = effect;
    stats = foldNotice(stats, notice);
    drift.follow(notice);
    const message = describeNotice(notice, { url: address.url });
    if (message) messages.add(notice.at, message);
    if (isNewGround(notice)) memory.startOver();
    if (notice.type === 'connected') {
      for (const text of describeRisks(address, notice.isReconnect)) remark(notice.at, text);
      const isVain = isRestartVain(notice.webUi);
      if (isVain && !notice.isReconnect) remark(notice.at, withoutRestart);
    }
    if (notice.type === 'activity-changed') memory.setActive(notice.isActive && canTellMemory(state));
    options.onNotice?.(notice, address.url);
  }

  function judge(): void {
    const why = whyUnneeded(state, screens.count());
    if (why === null || isUnneeded || isClosed) return;
    isUnneeded = true;
    options.onUnneeded?.(why);
  }

  function open(): void {
    const client = options.createClient(address);
    performer.open(client);
    memory.open(client);
    previews.startOver();
    // The command starts the WebUI of the first address, and of no other that a person goes to.
    const canRestart = options.restarter !== null && address.url === options.address.url;
    take({ type: 'lane-opened', lane, canRestart });
  }

  options.restarter?.follow((failure) => take({ type: 'webui-ended', lane, failure }));
  ledger?.beginRun({ at: Date.now(), url: address.url, isContinued: cutOff !== null });
  open();
  if (cutOff !== null) {
    take({ type: 'restored', lane, cutOff: toRestore(cutOff, options) });
    messages.add(Date.now(), { tone: 'warning', text: describeCutOff(cutOff) });
  }

  return {
    isContinued: cutOff !== null,
    refusalOf: (command) => refusalOf(state, command),
    open(role) {
      const absence = role === 'screen' ? screens.come(Date.now()) : null;
      if (role === 'screen') performer.hurry();
      return openConnection({
        store,
        window: galleries.openWindow(),
        previews,
        claim: (files) => claimExpectedFiles(files, state),
        absence,
        send: (command) => take({ type: 'command-given', command }),
        connect(next) {
          // What was given for one address is not sent to another.
          const isSame = new URL(next.url).origin === new URL(address.url).origin;
          address = isSame && address.access ? { ...next, access: address.access } : next;
          void performer.leave();
          open();
        },
        onClose() {
          if (role !== 'screen') return;
          screens.leave(Date.now());
          judge();
        },
      });
    },
    judge,
    leaveToNext: writer.freezeMemory,
    hasUnfinished: () => state.lanes.some((each) => isBusy(each) || each.pending.length > 0),
    async close() {
      isClosed = true;
      store.close();
      memory.close();
      space.close();
      galleries.close();
      await performer.leave();
    },
  };
}

function canTellMemory({ lanes }: LoopState): boolean {
  return lanes.some(({ webUi }) => webUi?.hasMemory === true);
}

/** What the last runner left, unless it had come to an end with nothing in flight, or worked on another WebUI, which has none of it. */
function worthResuming({ ledger, address, isDemo }: RunnerOptions): CutOffRun | null {
  const cutOff = ledger?.cutOff ?? null;
  if (cutOff === null || (cutOff.memory.ended !== null && cutOff.unfinished.length === 0)) return null;
  // The built-in WebUI listens at another port each time, and has the same outputs.
  return isDemo || cutOff.url === address.url ? cutOff : null;
}

/** What the loop goes on with: of one that had been ended, only what was in flight is looked for. */
function toRestore(
  { memory, unfinished }: CutOffRun,
  { resumesAfterCrash }: RunnerOptions,
): Extract<Event, { type: 'restored' }>['cutOff'] {
  // Without a plan it was looking for what an ended one had left.
  if (memory.ended !== null || memory.plan === null)
    return { ...memory, plan: null, intention: 'run', unfinished, isOver: true };
  // One that was being stopped has what was in flight looked for, and then rests until somebody wants it.
  const goesOn = memory.intention === 'run' && resumesAfterCrash;
  return { ...memory, intention: goesOn ? 'run' : 'pause', unfinished };
}

/** Polls only tick; whatever a person did or waits for is news. */
function urgencyOf(event: Event): Urgency {
  if (event.type === 'progressed' || event.type === 'wait-ended' || event.type === 'space-told')
    return 'calm';
  return event.type === 'command-given' ? 'now' : 'soon';
}
