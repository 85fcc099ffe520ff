import { sizeMade } from '../../generation/generation-limits.ts';
import type { RawBody } from '../json-body.ts';
import type { Machine } from '../machine.ts';
import { json, type Reply } from '../reply.ts';
import { readTxt2ImgRequest } from '../txt2img-request.ts';
import type { RequestReading } from './family.ts';
import { parseJson } from './imitation.ts';

/** The connection is closed without a word (captures/koboldcpp/62, 71). */
const hangUp: { readonly reply: Reply } = { reply: { status: 200, body: '', cut: 'at-once' } };

const badInput = json({ detail: { msg: 'Error parsing input.', type: 'bad_input' } }, 500);

/** webui-api.md 13.8 */
export const koboldSizeRule = { multiple: 64, rounding: 'down', longestSide: 1024 } as const;

/** Cuts to its ranges without a word, hangs up on wrong types, and makes one image whatever the batch. */
export function readKoboldRequest(body: RawBody, { chance }: Pick<Machine, 'chance'>): RequestReading {
  const given = parseJson(body.bytes.toString('utf8'));
  if (given === undefined) return { reply: badInput };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return hangUp;
  const fields: Record<string, unknown> = { ...defaults, ...given };
  const whole = [fields.width, fields.height, fields.steps, fields.seed].map(toWhole);
  const [width, height, steps, seed] = whole;
  if (width === undefined || height === undefined || steps === undefined || seed === undefined) return hangUp;
  if (typeof fields.prompt !== 'string' || typeof fields.cfg_scale !== 'number' || width > 100_000)
    return hangUp;
  const understood = readTxt2ImgRequest({
    prompt: fields.prompt,
    negative_prompt: String(fields.negative_prompt),
    sampler_name: String(fields.sampler_name),
    ...sizeMade({ width, height }, koboldSizeRule),
    steps: Math.min(80, Math.max(1, steps)),
    cfg_scale: Math.min(25, Math.max(1, fields.cfg_scale)),
    seed: seed < 0 ? 100_000 + Math.floor(chance() * 900_000) : seed,
  });
  return 'reply' in understood ? understood : { request: understood.request, echo: {} };
}

const defaults = {
  prompt: '',
  negative_prompt: '',
  sampler_name: 'Euler a',
  width: 512,
  height: 512,
  steps: 20,
  cfg_scale: 5,
  seed: -1,
};

/** Python's `int`: numbers and their texts, cut to whole ones; undefined where it raises. */
function toWhole(input: unknown): number | undefined {
  const isNumber = typeof input === 'number' || (typeof input === 'string' && /^\s*[+-]?\d+\s*$/.test(input));
  return isNumber ? Math.trunc(Number(input)) : undefined;
}
