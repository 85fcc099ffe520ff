import type { Result } from '../generation/failure.ts';
import type { Generation } from '../generation/generation.ts';
import type { MemoryUse, Progress, WebUi } from '../generation/webui.ts';
import type { PreviewReading } from './wire/preview.ts';

/** What the WebUI answered to a generation. */
export type GenerationAnswer = {
  /** One for each planned image, as the server says; the planned ones where it says nothing. */
  readonly seeds: readonly number[];
  /** `sd_model_name` and `sd_model_hash`; null where the family does not tell. */
  readonly checkpointName: string | null;
  readonly checkpointHash: string | null;
  readonly samplerName: string | null;
  readonly version: string | null;
  readonly jobTimestamp: string | null;
  /** Decoded image files without grids and extras, in seed order; empty when the server saves. */
  readonly images: readonly Uint8Array[];
};

export type GenerateOptions = {
  /** `server`: save_images and nothing sent; `client`: images in the answer. */
  readonly saving: 'server' | 'client';
  /** Ends the wait for the answer; the server goes on regardless (webui-api.md 8). */
  readonly signal?: AbortSignal;
};

/** The progress with the live preview, of one and the same moment. */
export type ProgressWithPreview = { readonly progress: Progress; readonly preview: PreviewReading };

/** One WebUI over HTTP. Methods never throw for expected trouble: they resolve to a failure. */
export type WebUiClient = {
  readonly url: string;
  /** Asks who is there and what it has; `signal` bounds it. */
  probe(signal?: AbortSignal): Promise<Result<WebUi>>;
  generate(generation: Generation, options: GenerateOptions): Promise<Result<GenerationAnswer>>;
  /** `api-off`, without asking, where the family has none. */
  readProgress(): Promise<Result<Progress>>;
  /** The same, and the live preview with it; without asking for one where the WebUI's `livePreviews` are not on. */
  readPreview(): Promise<Result<ProgressWithPreview>>;
  readMemory(): Promise<Result<MemoryUse>>;
  interrupt(): Promise<Result<null>>;
  skip(): Promise<Result<null>>;
  /** Has the server let go of the checkpoint's memory and take it in again; `busy`, and nothing done, while it works for anybody. */
  freeMemory(): Promise<Result<null>>;
  /** Has the server end and start anew; resolves as soon as it has gone, or with why it has not. */
  restart(): Promise<Result<null>>;
  /** Has the server look for new checkpoint files, where it can; waits for the running generation (webui-api.md 2). */
  refreshCheckpoints(): Promise<Result<null>>;
  close(): Promise<void>;
};
