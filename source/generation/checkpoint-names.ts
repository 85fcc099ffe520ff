import type { Checkpoint } from './checkpoint.ts';

/** 8 digits: an old hash of a part of the file; 10: the short one in titles; 64: the whole SHA-256. */
const hashSuffix = / \[([0-9a-f]{8}|[0-9a-f]{10}|[0-9a-f]{64})\]$/i;

const weightsExtension = /\.(?:safetensors|ckpt|pt|pth|bin|sft|gguf)$/i;

/** Takes the ` [hash]` off a title, which the WebUI adds once the file was loaded (webui-api.md 2.1). */
export function splitHash(title: string): { readonly name: string; readonly hash: string | null } {
  const match = hashSuffix.exec(title);
  return match ? { name: title.slice(0, match.index), hash: match[1] ?? null } : { name: title, hash: null };
}

/** The path below the WebUI's checkpoint folder as its title has it, without the hash: short, and still unique. */
export function relativeNameOf(checkpoint: Checkpoint): string {
  return splitHash(checkpoint.title).name;
}

/** The last part of a path of either system. */
export function fileNameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

export function withoutExtension(name: string): string {
  return name.replace(weightsExtension, '');
}

/** Path separators as the WebUI writes them into `model_name`. */
export function withoutSeparators(name: string): string {
  return name.replace(/[/\\]/g, '_');
}

/** Names as people and file systems mix them up: case, and the separators of Windows. */
export function foldCase(name: string): string {
  return name.toLowerCase().replaceAll('\\', '/');
}

/** Whether the text is the checkpoint's short or whole hash; the short one is the beginning of the whole. */
export function isHashOf(checkpoint: Checkpoint, text: string): boolean {
  if (checkpoint.hash === null || !/^(?:[0-9a-f]{10}|[0-9a-f]{64})$/i.test(text)) return false;
  return text.toLowerCase().startsWith(checkpoint.hash.toLowerCase());
}
