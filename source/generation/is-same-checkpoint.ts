import type { Checkpoint } from './checkpoint.ts';
import {
  fileNameOf,
  foldCase,
  isHashOf,
  relativeNameOf,
  splitHash,
  withoutExtension,
  withoutSeparators,
} from './checkpoint-names.ts';

/**
 * Whether an answer's `sd_model_name` and `sd_model_hash` mean the checkpoint that was asked for: WebUIs drop a request for
 * one they do not know and use another in silence (webui-api.md 3.1). A hash decides where both sides have one, since A1111 answers
 * with the bare stem, which files in two folders may share; `unknown` where the answer tells too little.
 */
export function isSameCheckpoint(
  checkpoint: Checkpoint,
  answeredName: string | null,
  answeredHash: string | null,
): 'same' | 'other' | 'unknown' {
  if (answeredHash && checkpoint.hash) return isHashOf(checkpoint, answeredHash) ? 'same' : 'other';
  if (!answeredName) return 'unknown';
  const answered = flatten(answeredName);
  return namesOf(checkpoint).map(flatten).includes(answered) ? 'same' : 'other';
}

function namesOf(checkpoint: Checkpoint): string[] {
  const paths = [relativeNameOf(checkpoint), checkpoint.filename ?? ''].filter((path) => path !== '');
  return [checkpoint.name, ...paths, ...paths.map(fileNameOf)];
}

function flatten(name: string): string {
  return withoutSeparators(withoutExtension(foldCase(splitHash(name).name)));
}
