import * as v from 'valibot';
import type { Failure, Result } from '../../generation/failure.ts';
import { type Generation, imageCountOf, seedsOf } from '../../generation/generation.ts';
import type { GenerationAnswer } from '../client.ts';
import { decodeImage } from '../decode-image.ts';
import { checkShape } from './check-shape.ts';

/** Entries are read one by one: extensions append maps and even texts that are no images (webui-api.md 4). */
const answerSchema = v.object({
  images: v.nullable(v.array(v.unknown())),
  info: v.nullish(v.string(), ''),
});

const nullableText = v.nullish(v.string(), null);

const infoSchema = v.object({
  all_seeds: v.nullish(v.array(v.number()), []),
  index_of_first_image: v.nullish(v.number(), 0),
  infotexts: v.nullish(v.array(v.unknown()), null),
  sd_model_name: nullableText,
  sd_model_hash: nullableText,
  sampler_name: nullableText,
  version: nullableText,
  job_timestamp: nullableText,
});

const nothingMade: Failure = { kind: 'no-images', detail: 'it does not say why' };

type Info = v.InferOutput<typeof infoSchema>;

/**
 * Reads the answer to txt2img; `images-missing` where images were to be sent and none is there, `no-images` where the answer is the
 * empty one with which SD.Next and KoboldCpp say that they failed (webui-api.md 7.4, 7.5): nothing was made, whoever saves.
 */
export function readTxt2imgAnswer(
  json: unknown,
  generation: Generation,
  saving: 'server' | 'client',
): Result<GenerationAnswer> {
  const answer = checkShape(answerSchema, json);
  if (!answer.ok) return answer;
  const entries = answer.value.images ?? [];
  const hasNone = entries.every((entry) => entry === '');
  if (hasNone && answer.value.info.trim() === '') return { ok: false, failure: nothingMade };
  const info = readInfo(answer.value.info);
  if (!info.ok) return info;
  if (hasNone && info.value.infotexts?.length === 0) return { ok: false, failure: nothingMade };
  const images = saving === 'server' ? [] : pickImages(entries, info.value, generation);
  if (saving === 'client' && images.length === 0) return { ok: false, failure: noImages(entries) };
  const { all_seeds, sd_model_name, sd_model_hash, sampler_name, version, job_timestamp } = info.value;
  return {
    ok: true,
    value: {
      seeds: all_seeds.length > 0 ? all_seeds : seedsOf(generation),
      checkpointName: sd_model_name,
      checkpointHash: sd_model_hash,
      samplerName: sampler_name,
      version,
      jobTimestamp: job_timestamp,
      images,
    },
  };
}

/** `info` is a text that holds JSON; it is empty on KoboldCpp 1.76 and where there is no result (webui-api.md 4). */
function readInfo(text: string): Result<Info> {
  if (text.trim() === '') return checkShape(infoSchema, {});
  try {
    return checkShape(infoSchema, JSON.parse(text), 'info');
  } catch {
    return { ok: false, failure: { kind: 'invalid-answer', detail: 'info: not JSON' } };
  }
}

/** The images without the grid before them and the extras behind them; fewer than asked for after an interrupt (webui-api.md 4.2). */
function pickImages(entries: readonly unknown[], info: Info, generation: Generation): Uint8Array[] {
  const first = Math.max(0, Math.trunc(info.index_of_first_image));
  const told = info.infotexts === null ? Number.POSITIVE_INFINITY : info.infotexts.length - first;
  const images: Uint8Array[] = [];
  for (const entry of entries.slice(first, first + Math.min(imageCountOf(generation), Math.max(0, told)))) {
    const image = decodeImage(entry);
    // Pictures pair with seeds by their place, so nothing behind a gap can be used.
    if (image === null) break;
    images.push(image);
  }
  return images;
}

function noImages(entries: readonly unknown[]): Failure {
  const detail = entries.length === 0 ? 'none was sent' : 'what was sent is not an image';
  return { kind: 'images-missing', detail };
}
