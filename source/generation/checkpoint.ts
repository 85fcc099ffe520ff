/** Model weights that a WebUI can load. */
export type Checkpoint = {
  /** The WebUI's own label; gains a ` [hash]` the first time the file is loaded (webui-api.md 2.1). */
  readonly title: string;
  /** The relative path without extension, separators replaced; an answer's `sd_model_name` is the bare stem. */
  readonly name: string;
  /** 10 hex digits, or null until hashed. */
  readonly hash: string | null;
  /** Path on the server; null where the family does not tell. */
  readonly filename: string | null;
};
