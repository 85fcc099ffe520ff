/** A loop and its WebUI, in which a night can be lived through. */
export type NightWorld = AsyncDisposable & {
  readonly url: string;
  /** Sets the loop going. */
  start(): Promise<void>;
  /** SIGKILL; whatever brings it back is the world's own affair. */
  killWebUi(): Promise<void>;
  /** SIGKILL, and started again with the same words. */
  killLoop(): Promise<void>;
  /** The WebUI hangs: whoever watches over it, if there is anyone, starts it again. */
  endHang(): Promise<void>;
  /** So much space is left where the images go. */
  leaveFree(byteCount: number): void;
  /** What a person does who finds that the loop needs one. */
  resume(): Promise<void>;
  /** Ends the loop and tells what came of it until `endedAt` of the night's clock. */
  end(endedAt: number): Promise<Harvest>;
};

export type Harvest = {
  /** Images of the checkpoint asked for that were saved in time, each seed counted once. */
  readonly imageCount: number;
  /** Files too many: of a seed that is there already, or that the loop does not know of. */
  readonly doubledCount: number;
  /** Files of a checkpoint that nobody asked for. */
  readonly wrongCount: number;
  /** Images that the loop believes it has. */
  readonly lostCount: number;
};

/** On a disk that is not full. */
export const ampleByteCount = 100e9;
