import { randomInt } from 'node:crypto';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Effect } from '../engine/effect.ts';
import type { Event } from '../engine/event.ts';
import type { Notice } from '../engine/notice.ts';
import { initialState, type LoopState } from '../engine/state.ts';
import { transition } from '../engine/transition.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { describeNotice } from '../presentation/describe-notice.ts';
import { claimExpectedFiles } from '../presentation/expected-files.ts';
import { emptyStats, foldNotice, type Stats } from '../stats/stats.ts';
import type { WebUiClient } from '../webui/client.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { SavingPreference } from './choose-saving.ts';
import { createGalleries } from './galleries.ts';
import { createLedgerWriter } from './ledger-writer.ts';
import { createMemoryWatch } from './memory-watch.ts';
import { createMessageList } from './message-list.ts';
import { openConnection } from './open-connection.ts';
import { createPerformer } from './performer.ts';
import { createSavingPlace } from './saving-place.ts';
import { createScreenCount } from './screen-count.ts';
import { createSnapshotStore, type Urgency } from './snapshot-store.ts';
import { type Unneeded, whyUnneeded } from './still-needed.ts';

export type Address = { readonly url: string; readonly auth: string | null };

export type RunnerOptions = {
  readonly address: Address;
  readonly createClient: (address: Address) => WebUiClient;
  readonly saving: SavingPreference;
  readonly isDemo: boolean;
  /** Where every generation and image is written down; null keeps no record. */
  readonly ledger: Ledger | null;
  /** Whether a loop that was cut off while it was generating goes on by itself; otherwise it comes back paused. */
  readonly resumesAfterCrash: boolean;
  /** Called for each notice, in order, before the snapshot that holds its effect. */
  readonly onNotice?: (notice: Notice) => void;
  /** Called once, when the loop is over and no screen needs the runner; a runner that no screen has come to yet is not judged. */
  readonly onUnneeded?: (why: Unneeded) => void;
};

/** Performs the loop in this process. */
export type Runner = {
  /** Opens a connection; the coming and leaving of screens counts for what is told to the next one. */
  open(role: 'screen' | 'command'): RunnerConnection;
  /** Lets go of the WebUI, the directory and all timers; what is in flight is not waited for. */
  close(): Promise<void>;
};

const lane = 0;

/** Starts a loop that connects at once; it takes up what a runner that died left in the ledger, else generates when it is told to. */
export function startRunner(options: RunnerOptions): Runner {
  const { ledger } = options;
  const cutOff = ledger?.cutOff ?? null;
  const startedAt = cutOff?.startedAt ?? Date.now();
  let address = options.address;
  let state: LoopState = initialState({
    at: Date.now(),
    lanes: [lane],
    saving: 'client',
    maySwitchSaving: options.saving.choice === 'auto',
  });
  let stats: Stats = emptyStats(startedAt, cutOff ?? undefined);
  let isClosed = false;
  let isUnneeded = false;

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
      memory: memory.latest(),
      messages: messages.list(),
      ledgerTrouble: ledger?.trouble() ?? null,
    }),
  );
  const galleries = createGalleries(() => store.touch('soon'), cutOff?.recentImages ?? []);
  const place = createSavingPlace(options.saving, galleries);
  const performer = createPerformer({ saving: place, galleries, take, lane });
  const memory = createMemoryWatch(() => store.touch('calm'));
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
    for (const effect of effects) perform(effect);
    store.touch(urgencyOf(full));
    if (state.ended !== null) judge();
  }

  function perform(effect: Effect): void {
    if (effect.type !== 'announce') {
      performer.perform(effect);
      return;
    }
    const { notice } = effect;
    stats = foldNotice(stats, notice);
    const message = describeNotice(notice, { url: address.url });
    if (message) messages.add(notice.at, message);
    if (notice.type === 'activity-changed') memory.setActive(notice.isActive && canTellMemory(state));
    options.onNotice?.(notice);
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
    take({ type: 'lane-opened', lane });
  }

  ledger?.beginRun({ at: Date.now(), url: address.url, isContinued: cutOff !== null });
  open();
  if (cutOff !== null) {
    const { intention } = cutOff.memory;
    const isToPause = intention === 'run' && !options.resumesAfterCrash;
    take({
      type: 'restored',
      lane,
      cutOff: { ...cutOff.memory, intention: isToPause ? 'pause' : intention, unfinished: cutOff.unfinished },
    });
  }

  return {
    open(role) {
      const absence = role === 'screen' ? screens.come(Date.now()) : null;
      return openConnection({
        store,
        window: galleries.openWindow(),
        claim: (files) => claimExpectedFiles(files, state),
        absence,
        send: (command) => take({ type: 'command-given', command }),
        connect(next) {
          address = next;
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
    async close() {
      isClosed = true;
      store.close();
      memory.close();
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
  if (event.type === 'progressed' || event.type === 'wait-ended') return 'calm';
  return event.type === 'command-given' ? 'now' : 'soon';
}
