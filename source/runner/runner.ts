import { randomInt } from 'node:crypto';
import type { Effect } from '../engine/effect.ts';
import type { Event } from '../engine/event.ts';
import { isBusy } from '../engine/lane.ts';
import { usualPolicy } from '../engine/loop-policy.ts';
import { initialState, type LoopState } from '../engine/state.ts';
import { transition } from '../engine/transition.ts';
import type { WebUi } from '../generation/webui.ts';
import { describeCutOff } from '../presentation/describe-cut-off.ts';
import { describeNotice } from '../presentation/describe-notice.ts';
import { describeRisks } from '../presentation/describe-risks.ts';
import { claimExpectedFiles } from '../presentation/expected-files.ts';
import { refusalOf } from '../presentation/refusal.ts';
import { emptyStats, foldNotice, type Stats } from '../stats/stats.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { createDriftWatch } from './drift-watch.ts';
import { createGalleries } from './galleries.ts';
import { createGroundWatch } from './ground-watch.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createLivePreviews } from './live-previews.ts';
import { createMemoryWatch } from './memory-watch.ts';
import { createMessageList } from './message-list.ts';
import { openConnection } from './open-connection.ts';
import { createPerformer } from './performer.ts';
import type { Runner, RunnerOptions } from './runner-options.ts';
import { createSavingPlace } from './saving-place.ts';
import { createScreenCount } from './screen-count.ts';
import { createSnapshotStore, type Urgency } from './snapshot-store.ts';
import { createSpaceWatch, readFreeSpace } from './space-watch.ts';
import { whyUnneeded } from './still-needed.ts';
import { toRestore, worthResuming } from './take-up.ts';

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
  const isNewGround = createGroundWatch();

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
  const galleries = createGalleries({
    onChange: () => store.touch('soon'),
    isFollowed: () => store.isFollowed(),
    known: cutOff?.recentImages ?? [],
  });
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

/** Polls only tick; whatever a person did or waits for is news. */
function urgencyOf(event: Event): Urgency {
  if (event.type === 'progressed' || event.type === 'wait-ended' || event.type === 'space-told')
    return 'calm';
  return event.type === 'command-given' ? 'now' : 'soon';
}
