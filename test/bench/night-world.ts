/** A loop and its WebUI, in which a night can be lived through. */
export type NightWorld = AsyncDisposable & {
  readonly url: string;
  /** Sets the loop going. */
  start(): Promise<void>;
  /** SIGKILL; whatever brings it back is the world's own affair. */
  killWebUi(): Promise<void>;
  /** SIGKILL, and started again with the same words. */
  killLoop(): Promise<void>;
  /** What a person does who finds that the loop needs one. */
  resume(): Promise<void>;
  /** Ends the loop and tells what came of it. */
  end(): Promise<Harvest>;
};

export type Harvest = {
  /** Images of the checkpoint asked for, each seed counted once. */
  readonly imageCount: number;
  /** Files too many: of a seed that is there already, or that the loop does not know of. */
  readonly doubledCount: number;
  /** Files of a checkpoint that nobody asked for. */
  readonly wrongCount: number;
  /** Images that the loop believes it has. */
  readonly lostCount: number;
};

/** So long a generation takes, between two bounds, ms; it stands for one of several seconds. */
export const nightDurationMs = [100, 150] as const;

export const nightModel = 'demo-landscape';
export const nightBatchSize = 4;
