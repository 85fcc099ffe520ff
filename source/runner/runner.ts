import { randomInt } from 'node:crypto';
import type { RunnerConnection } from '../connection/runner-connection.ts';
import type { Effect } from '../engine/effect.ts';
import type { Event } from '../engine/event.ts';
import type { Notice } from '../engine/notice.ts';
import { initialState, type LoopState } from '../engine/state.ts';
import { transition } from '../engine/transition.ts';
import { describeNotice } from '../presentation/describe-notice.ts';
import type { FilesRequest } from '../presentation/snapshot.ts';
import { emptyStats, foldNotice, type Stats } from '../stats/stats.ts';
import type { WebUiClient } from '../webui/client.ts';
import { buildSnapshot } from './build-snapshot.ts';
import type { SavingPreference } from './choose-saving.ts';
import { createGalleries } from './galleries.ts';
import { createMemoryWatch } from './memory-watch.ts';
import { createMessageList } from './message-list.ts';
import { createPerformer } from './performer.ts';
import { createSavingPlace } from './saving-place.ts';
import { createSnapshotStore, type Urgency } from './snapshot-store.ts';

export type Address = { readonly url: string; readonly auth: string | null };

export type RunnerOptions = {
  readonly address: Address;
  readonly createClient: (address: Address) => WebUiClient;
  readonly saving: SavingPreference;
  readonly isDemo: boolean;
  /** Called for each notice, in order, before the snapshot that holds its effect. */
  readonly onNotice?: (notice: Notice) => void;
};

/** Performs the loop in this process. */
export type Runner = Omit<RunnerConnection, 'close'> & {
  /** Lets go of the WebUI, the directory and all timers; what is in flight is not waited for. */
  close(): Promise<void>;
};

const lane = 0;

/** Starts a loop that connects at once and generates when it is told to. */
export function startRunner(options: RunnerOptions): Runner {
  const startedAt = Date.now();
  let address = options.address;
  let state: LoopState = initialState({
    at: startedAt,
    lanes: [lane],
    saving: 'client',
    maySwitchSaving: options.saving.choice === 'auto',
  });
  let stats: Stats = emptyStats(startedAt);
  let filesRequest: FilesRequest = { firstIndex: 0, count: 0, filter: '' };
  let isClosed = false;

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
      files: galleries.view(filesRequest),
    }),
  );
  const galleries = createGalleries(() => store.touch('soon'));
  const place = createSavingPlace(options.saving, galleries);
  const performer = createPerformer({ saving: place, galleries, take, lane });
  const memory = createMemoryWatch(() => store.touch('calm'));

  function take(event: Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'chance'> : never) : never) {
    if (isClosed) return;
    const full = { ...event, at: Date.now(), chance: randomInt(2 ** 32) } as Event;
    const savingBefore = state.saving;
    const [next, effects] = transition(state, full);
    state = next;
    if (state.saving !== savingBefore) place.switchTo(state.saving);
    for (const effect of effects) perform(effect);
    store.touch(urgencyOf(full));
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

  function open(): void {
    const client = options.createClient(address);
    performer.open(client);
    memory.open(client);
    take({ type: 'lane-opened', lane });
  }

  open();
  return {
    send(command) {
      take({ type: 'command-given', command });
    },
    view(request) {
      filesRequest = request;
      store.touch('now');
    },
    getSnapshot: () => store.get(),
    getLink: () => ({ kind: 'live' }),
    restart: () => undefined,
    subscribe: (listener) => store.subscribe(listener),
    connect(next) {
      address = next;
      void performer.leave();
      open();
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
