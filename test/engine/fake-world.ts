import type { Command } from '../../source/engine/command.ts';
import type { Effect } from '../../source/engine/effect.ts';
import type { Event } from '../../source/engine/event.ts';
import { learntOf } from '../../source/engine/learnt.ts';
import { type LoopPolicy, usualPolicy } from '../../source/engine/loop-policy.ts';
import type { Notice } from '../../source/engine/notice.ts';
import { restartLane } from '../../source/engine/restart.ts';
import type { RestartWay } from '../../source/engine/restart-way.ts';
import { initialState, type LoopState } from '../../source/engine/state.ts';
import { transition } from '../../source/engine/transition.ts';
import { Turn } from '../../source/engine/turn.ts';
import type { Failure, FailureKind, Result } from '../../source/generation/failure.ts';
import { type Generation, seedsOf } from '../../source/generation/generation.ts';
import { widestLimits } from '../../source/generation/generation-limits.ts';
import type { GeneratedImage } from '../../source/generation/image.ts';
import type { Progress, WebUi } from '../../source/generation/webui.ts';

export const webUi: WebUi = {
  url: 'http://127.0.0.1:7860',
  family: 'a1111',
  version: 'v1.10.1',
  checkpoints: [
    {
      title: 'dream.safetensors [0123456789]',
      name: 'dream',
      hash: '0123456789',
      filename: '/sd/dream.safetensors',
    },
    { title: 'other.safetensors', name: 'other', hash: null, filename: '/sd/other.safetensors' },
  ],
  selectedCheckpoint: 'dream.safetensors [0123456789]',
  samplers: ['DPM++ 2M', 'Euler'],
  schedulers: ['Automatic', 'Karras'],
  hasProgress: true,
  livePreviews: { kind: 'none' },
  hasInterrupt: true,
  hasSkip: true,
  hasMemory: true,
  hasFaceRestoration: true,
  hasVariations: true,
  hasHires: true,
  canSave: true,
  canFreeMemory: true,
  canRestartItself: false,
  outputDirectory: '/sd/outputs/txt2img-images',
  maxInFlight: 2,
  limits: widestLimits,
  isOutputFollowable: true,
};

/** What befalls one request. */
export type Fate =
  | { readonly kind: 'answered' }
  /** Fails before any work was done on it, or after it ran without saving anything. */
  | { readonly kind: 'refused'; readonly failure: FailureKind }
  /** The work is done and saved, but the answer is lost. */
  | { readonly kind: 'lost-after-saving' }
  /** Makes no step after the tenth, until it is interrupted, where that helps, or the WebUI is restarted. */
  | { readonly kind: 'hangs'; readonly isInterruptible: boolean }
  /** Ends in mid-batch after so many images were saved. */
  | { readonly kind: 'lost-in-between'; readonly savedCount: number };

export type WorldOptions = {
  /** A stream of numbers in [0, 1). */
  readonly random: () => number;
  readonly fate?: (generation: Generation) => Fate;
  readonly probe?: () => FailureKind | Failure | null;
  readonly webUi?: WebUi;
  readonly roundTripMs?: number;
  readonly durationMs?: (generation: Generation) => number;
  readonly collectFailure?: () => FailureKind | null;
  readonly onEffect?: (effect: Effect) => void;
  /** Whether the line is down while lost images are looked for. */
  readonly isCutOff?: () => boolean;
  /** Whether the runner can restart the WebUI. */
  readonly canRestart?: boolean;
  readonly restartGraceMs?: number;
  readonly restartFailure?: () => FailureKind | null;
  /** Whether a WebUI that can restart itself does so; it does when not given. */
  readonly obeysRestart?: () => boolean;
  readonly policy?: LoopPolicy;
  /** A proxy answers 524 in place of the WebUI after so long, ms. */
  readonly cutAfterMs?: number | undefined;
};

type Job = { number: number; life: number; generation: Generation; fate: Fate; isInterrupted: boolean };
type Due = { at: number; order: number; run: () => void };

/**
 * A WebUI with a FIFO lock, a disk and a clock, all made of data: it performs the loop's effects as a real world would, in any order
 * that the random stream picks, and keeps account of what must hold whatever happens.
 */
export class FakeWorld {
  state: LoopState;
  now = 1_000_000;
  readonly notices: Notice[] = [];
  /** Everything that was written, by seed; a second file for a seed is a doubled image. */
  readonly filesBySeed = new Map<number, GeneratedImage[]>();
  readonly sentCountById = new Map<number, number>();
  maxOutstanding = 0;
  timedPollCount = 0;
  busyMs = 0;
  /** How often the WebUI was asked to let go of its memory. */
  freedCount = 0;
  private firstStartAt: number | null = null;
  private lastEndAt = 0;
  private readonly outstanding = new Set<number>();
  private readonly queue: Job[] = [];
  private running: (Job & { startedAt: number; endsAt: number }) | null = null;
  private readonly due: Due[] = [];
  private order = 0;
  private isPolling = false;
  private isDown = false;
  /** Grows with each death of the WebUI: what is on its way to a dead one is lost. */
  private serverLife = 0;
  restartCount = 0;
  /** How restarts were tried, those included that came to nothing. */
  readonly restartWays: RestartWay[] = [];
  /** Restarts under way at the same time, at most. */
  maxRestarting = 0;
  private restarting = 0;
  /** The restart by the WebUI itself that is waited for; another one ends the wait. */
  private restartingItself: number | null = null;
  private readonly options: WorldOptions;
  /** Grows with each death of the runner: what is meant for a dead one is lost. */
  private life = 0;
  /** What a ledger would hold: generations without an end, and the seeds that have landed. */
  private readonly unfinished = new Map<
    number,
    { generation: Generation; plannedAt: number; landedSeeds: number[] }
  >();

  constructor(options: WorldOptions) {
    this.options = options;
    this.state = this.firstState();
    this.take({ type: 'lane-opened', lane: 0 });
  }

  private firstState(): LoopState {
    const { canRestart = false, restartGraceMs = 30_000 } = this.options;
    const saving = { saving: 'server', maySwitchSaving: true } as const;
    const { policy = usualPolicy } = this.options;
    return initialState({ at: this.now, lanes: [0], ...saving, canRestart, restartGraceMs, policy });
  }

  /** Kills the runner, which forgets all that is not in its ledger, and starts another; the WebUI goes on with what it has. */
  restartRunner(): void {
    const { plan, position, intention, ended } = this.state;
    const learnt = learntOf(this.state);
    const unfinished = [...this.unfinished.values()].map((each) => ({
      ...each,
      landedSeeds: [...each.landedSeeds],
    }));
    this.life++;
    this.outstanding.clear();
    this.isPolling = false;
    this.restarting = 0;
    this.restartingItself = null;
    this.state = this.firstState();
    this.take({ type: 'lane-opened', lane: 0 });
    const wanted =
      ended === null ? { plan, intention } : ({ plan: null, intention: 'run', isOver: true } as const);
    this.take({ type: 'restored', lane: 0, cutOff: { ...wanted, position, unfinished, learnt } });
  }

  /** Kills the WebUI in mid-work, with some images of the running generation saved; it stays down until it is restarted. */
  crash(): void {
    this.isDown = true;
    this.serverLife++;
    const jobs = this.running === null ? this.queue : [this.running, ...this.queue];
    if (this.running !== null) {
      const seeds = seedsOf(this.running.generation);
      const savedCount = Math.floor(this.options.random() * (seeds.length + 1));
      for (const seed of seeds.slice(0, savedCount)) this.save(seed);
    }
    this.running = null;
    this.queue.length = 0;
    for (const job of jobs) this.answer(job, failed('connection-lost', true));
  }

  /** The WebUI ends, and the runner sees it, as it had started it. */
  endStarted(): void {
    this.crash();
    this.tellEnded();
  }

  /** What the runner had started ends; whether a WebUI is there is another matter. */
  tellEnded(): void {
    this.take({ type: 'webui-ended', lane: 0, failure: { kind: 'unreachable', detail: 'it ended' } });
  }

  /** Restarts the WebUI whatever is in flight, as for one that hangs. */
  restartNow(): void {
    const event = { at: this.now, chance: 1, type: 'wait-ended', number: -1 } as const;
    const turn = new Turn(this.state, event);
    restartLane(turn, 0, { kind: 'server-error', detail: '' });
    this.state = turn.state;
    for (const effect of turn.effects) this.perform(effect);
  }

  /** Somebody else starts the WebUI. */
  revive(): void {
    this.isDown = false;
  }

  /** The runner sees the memory fill. */
  fillMemory(): void {
    this.take({ type: 'restart-wanted', lane: 0, reason: { kind: 'memory-low', detail: '' } });
  }

  /** Ends the WebUI with all that it works on, and starts it again. */
  restartWebUi(): void {
    const jobs = this.running === null ? this.queue.splice(0) : [this.running, ...this.queue.splice(0)];
    this.running = null;
    for (const job of jobs) this.answer(job, failed('connection-lost', true));
  }

  command(command: Command): void {
    this.take({ type: 'command-given', command });
  }

  /** What a look at the disk finds, bytes. */
  tellSpace(freeBytes: number | null, floorBytes: number): void {
    this.take({ type: 'space-told', freeBytes, floorBytes, nextLookAt: this.now + 10_000 });
  }

  /** Lets the next thing happen; false when nothing will. */
  step(): boolean {
    this.due.sort((a, b) => a.at - b.at || a.order - b.order);
    const next = this.due.shift();
    if (!next) return false;
    this.now = Math.max(this.now, next.at);
    next.run();
    return true;
  }

  /** Lets things happen until the condition holds; throws when it never does. */
  runUntil(condition: () => boolean, maxSteps = 20_000): void {
    for (let count = 0; count < maxSteps; count++) {
      if (condition()) return;
      if (!this.step()) break;
    }
    if (!condition()) throw new Error(`It never came to that: ${JSON.stringify(this.state.lanes)}`);
  }

  /** What a poll of progress answers now, besides those that the world makes by itself. */
  poll(progress: Progress): void {
    this.now += 10;
    this.take({ type: 'progressed', lane: 0, progress, roundTripMs: 2 });
  }

  noticesOf<T extends Notice['type']>(type: T): Extract<Notice, { type: T }>[] {
    return this.notices.filter((notice): notice is Extract<Notice, { type: T }> => notice.type === type);
  }

  /** GPU time lost between the first start and the last end, as a share. */
  get idleShare(): number {
    const span = this.lastEndAt - (this.firstStartAt ?? this.lastEndAt);
    return span === 0 ? 0 : 1 - this.busyMs / span;
  }

  private take(
    event: Event extends infer E ? (E extends Event ? Omit<E, 'at' | 'chance'> : never) : never,
  ): void {
    const full = { ...event, at: this.now, chance: Math.floor(this.options.random() * 2 ** 32) } as Event;
    const before = full.chance % 50 === 0 ? structuredClone(this.state) : null;
    const [state, effects] = transition(this.state, full);
    if (before !== null) assertUnchanged(before, this.state);
    this.state = state;
    for (const effect of effects) this.perform(effect);
  }

  /** For what happens at the WebUI, whoever is still there to see it. */
  private later(ms: number, run: () => void): void {
    this.due.push({ at: this.now + ms, order: this.order++, run });
  }

  /** For what happens in the runner, unless it dies before. */
  private laterHere(ms: number, run: () => void): void {
    const { life } = this;
    this.later(ms, () => {
      if (life === this.life) run();
    });
  }

  private writeDown(notice: Notice): void {
    if (notice.type === 'generation-started') {
      const { generation, at } = notice;
      this.unfinished.set(generation.id, { generation, plannedAt: at, landedSeeds: [] });
    } else if (notice.type === 'image') {
      this.unfinished.get(notice.generation.id)?.landedSeeds.push(notice.image.seed);
    } else if (notice.type === 'generation-finished') this.unfinished.delete(notice.generation.id);
  }

  private get travelMs(): number {
    return (this.options.roundTripMs ?? 2) / 2;
  }

  private perform(effect: Effect): void {
    this.options.onEffect?.(effect);
    switch (effect.type) {
      case 'announce':
        this.notices.push(effect.notice);
        this.writeDown(effect.notice);
        return;
      case 'wait':
        this.laterHere(effect.ms, () => this.take({ type: 'wait-ended', number: effect.number }));
        return;
      case 'probe': {
        const told = this.isDown ? 'unreachable' : (this.options.probe?.() ?? null);
        const result =
          told === null
            ? { ok: true as const, value: this.options.webUi ?? webUi }
            : typeof told === 'string'
              ? failed(told)
              : { ok: false as const, failure: told };
        this.laterHere(2 * this.travelMs, () => {
          this.take({ type: 'probed', number: effect.number, result, saving: null });
        });
        return;
      }
      case 'generate':
        this.send(effect.number, effect.generation);
        return;
      case 'collect':
        this.laterHere(1 + this.options.random() * 5, () => this.collect(effect));
        return;
      case 'restart':
        return this.restart(effect);
      case 'reconcile':
        this.laterHere(5, () => this.reconcile(effect));
        return;
      case 'interrupt':
      case 'skip':
        this.later(this.travelMs, () => this.interrupt());
        return;
      case 'time-poll':
        this.timedPollCount++;
        this.laterHere(Math.max(0, effect.pollAt - this.now), () => this.pollRunning());
        return;
      case 'release':
        return;
      case 'drop':
        this.outstanding.delete(effect.number);
        return;
      case 'free-memory':
        if (this.running !== null || this.queue.length > 0)
          throw new Error('Memory was to be freed during a job.');
        this.freedCount++;
        this.laterHere(5, () => this.take({ type: 'memory-freed', number: effect.number, failure: null }));
        return;
      case 'refresh':
        this.laterHere(1, () =>
          this.take({ type: 'refreshed', lane: 0, result: { ok: true, value: this.options.webUi ?? webUi } }),
        );
        return;
    }
  }

  private restart({ number, way }: Extract<Effect, { type: 'restart' }>): void {
    this.restartWays.push(way);
    if (this.restartingItself !== null) this.restarting--;
    this.restartingItself = way === 'itself' ? number : null;
    this.maxRestarting = Math.max(this.maxRestarting, ++this.restarting);
    if (way === 'itself' && this.options.obeysRestart?.() === false) {
      // The runner has let go of all that was in flight, and the WebUI works on.
      this.outstanding.clear();
      this.laterHere(5, () => {
        if (this.restartingItself === number) this.endRestart(number, failed('restart-failed'));
      });
      return;
    }
    this.restartCount++;
    this.crash();
    this.laterHere(300, () => {
      if (way === 'itself' && this.restartingItself !== number) return;
      // The runner has let go of all that was in flight.
      this.outstanding.clear();
      const kind = this.options.restartFailure?.() ?? null;
      this.isDown = kind !== null;
      this.endRestart(number, kind === null ? { ok: true, value: null } : failed(kind));
    });
  }

  private endRestart(number: number, result: Result<null>): void {
    this.restartingItself = null;
    this.restarting--;
    this.take({ type: 'restarted', number, result });
  }

  private send(number: number, generation: Generation): void {
    this.outstanding.add(number);
    this.maxOutstanding = Math.max(this.maxOutstanding, this.outstanding.size);
    this.sentCountById.set(generation.id, (this.sentCountById.get(generation.id) ?? 0) + 1);
    const fate = this.options.fate?.(generation) ?? { kind: 'answered' };
    const job = { number, life: this.life, generation, fate, isInterrupted: false };
    const { serverLife } = this;
    this.later(this.travelMs, () => {
      if (this.isDown || serverLife !== this.serverLife) {
        this.answer(job, failed(this.isDown ? 'unreachable' : 'connection-lost', !this.isDown));
        return;
      }
      if (fate.kind === 'refused') {
        this.answer(job, failed(fate.failure));
        return;
      }
      this.queue.push(job);
      this.startNext();
    });
    if (this.options.cutAfterMs !== undefined) this.later(this.options.cutAfterMs, () => this.cut(job));
    this.schedulePoll();
  }

  private cut(job: Job): void {
    if (!this.outstanding.has(job.number) || job.life !== this.life) return;
    const failure: Failure = { kind: 'server-error', detail: '', httpStatus: 524, mayHaveRun: true };
    this.answer(job, { ok: false, failure });
  }

  private schedulePoll(): void {
    if (this.isPolling) return;
    this.isPolling = true;
    this.laterHere(1000, () => {
      this.isPolling = false;
      if (this.outstanding.size === 0) return;
      this.pollRunning();
      this.schedulePoll();
    });
  }

  private startNext(): void {
    const job = this.queue[0];
    if (this.running !== null || !job) return;
    this.queue.shift();
    this.firstStartAt ??= this.now;
    const isHung = job.fate.kind === 'hangs';
    const durationMs = isHung
      ? 1e12
      : (this.options.durationMs?.(job.generation) ?? 200 + this.options.random() * 800);
    this.running = { ...job, startedAt: this.now, endsAt: this.now + durationMs };
    const { running } = this;
    this.later(durationMs, () => {
      if (this.running === running) this.endJob();
    });
  }

  private endJob(): void {
    const job = this.running;
    if (!job) return;
    this.running = null;
    this.busyMs += this.now - job.startedAt;
    this.lastEndAt = this.now;
    const seeds = seedsOf(job.generation);
    const savedCount = job.isInterrupted
      ? 0
      : job.fate.kind === 'lost-in-between'
        ? Math.min(job.fate.savedCount, seeds.length)
        : seeds.length;
    for (const seed of seeds.slice(0, savedCount)) this.save(seed);
    if (job.fate.kind === 'answered' || job.isInterrupted) {
      const asked = webUi.checkpoints.find(({ title }) => title === job.generation.checkpoint);
      const value = { checkpointName: asked?.name ?? null, checkpointHash: asked?.hash ?? null };
      this.answer(job, { ok: true, value });
    } else {
      this.answer(job, failed('connection-lost', true));
    }
    this.startNext();
  }

  private save(seed: number): void {
    const image = {
      seed,
      path: `/out/${seed}.png`,
      width: 480,
      height: 264,
      byteCount: 1000,
      savedAt: this.now,
    };
    this.filesBySeed.set(seed, [...(this.filesBySeed.get(seed) ?? []), image]);
  }

  private answer(
    { number, life }: Pick<Job, 'number' | 'life'>,
    result: Extract<Event, { type: 'answered' }>['result'],
  ): void {
    if (life !== this.life) return;
    this.laterHere(this.travelMs, () => {
      this.outstanding.delete(number);
      this.take({ type: 'answered', number, result });
    });
  }

  private interrupt(): void {
    if (!this.running || (this.running.fate.kind === 'hangs' && !this.running.fate.isInterruptible)) return;
    this.running.isInterrupted = true;
    const { startedAt } = this.running;
    this.later(10, () => {
      if (this.running?.startedAt === startedAt) this.endJob();
    });
  }

  private pollRunning(): void {
    const job = this.running;
    if (!job || this.options.webUi?.hasProgress === false) return;
    const { steps } = job.generation.parameters;
    const share = (this.now - job.startedAt) / (job.endsAt - job.startedAt);
    const progress = {
      isRunning: true,
      step:
        job.fate.kind === 'hangs'
          ? Math.min(10, Math.floor((this.now - job.startedAt) / 500))
          : Math.max(0, Math.floor(share * steps) - 1),
      stepCount: steps,
      passNumber: 0,
      passCount: 1,
      jobTimestamp: String(job.startedAt),
      isInterrupted: false,
    };
    this.laterHere(this.travelMs, () =>
      this.take({ type: 'progressed', lane: 0, progress, roundTripMs: 2 * this.travelMs }),
    );
  }

  private collect(effect: Extract<Effect, { type: 'collect' }>): void {
    const kind = this.options.collectFailure?.() ?? null;
    if (kind !== null) {
      this.take({ type: 'collected', number: effect.number, result: failed(kind) });
      return;
    }
    const images = effect.wantedSeeds.flatMap((seed) => this.filesBySeed.get(seed)?.slice(0, 1) ?? []);
    this.take({
      type: 'collected',
      number: effect.number,
      result: { ok: true, value: { images, blackSeeds: [] } },
    });
  }

  private reconcile(effect: Extract<Effect, { type: 'reconcile' }>): void {
    if (this.isDown || this.options.isCutOff?.()) {
      const unanswered: Failure = { kind: 'unreachable', detail: '' };
      this.take({ type: 'reconciled', number: effect.number, images: [], blackSeeds: [], unanswered });
      return;
    }
    const jobs = this.running === null ? this.queue : [this.running, ...this.queue];
    const isComplete = seedsOf(effect.generation).every((seed) => this.filesBySeed.has(seed));
    if (this.running?.fate.kind === 'hangs' && !isComplete) {
      this.laterHere(effect.hasHung ? 30_000 : 180_000, () => {
        if (this.running?.fate.kind !== 'hangs') return this.reconcile(effect);
        const unanswered: Failure = { kind: 'hung', detail: '' };
        this.take({ type: 'reconciled', number: effect.number, images: [], blackSeeds: [], unanswered });
      });
      return;
    }
    if (jobs.some(({ generation }) => generation.id === effect.generation.id)) {
      this.laterHere(20, () => this.reconcile(effect));
      return;
    }
    const images = seedsOf(effect.generation).flatMap(
      (seed) => this.filesBySeed.get(seed)?.slice(0, 1) ?? [],
    );
    this.take({ type: 'reconciled', number: effect.number, images, blackSeeds: [], unanswered: null });
  }
}

function failed(kind: FailureKind, mayHaveRun = false): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { kind, detail: '', mayHaveRun } };
}

function assertUnchanged(before: LoopState, after: LoopState): void {
  if (JSON.stringify(before) !== JSON.stringify(after)) throw new Error('A state was changed in place.');
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function randomFrom(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
