import { chanceFrom } from '../chance.ts';
import type { RawBody } from '../json-body.ts';
import type { Machine } from '../machine.ts';
import { json, type Reply } from '../reply.ts';
import { readTxt2ImgRequest } from '../txt2img-request.ts';
import type { RequestReading } from './family.ts';
import { parseJson } from './imitation.ts';

/** Exact about types, silent about everything else (captures/sd-server/42 to 76). */
export function readSdCppRequest({ bytes }: RawBody, { clock }: Pick<Machine, 'clock'>): RequestReading {
  const text = bytes.toString('utf8');
  if (text === '') return { reply: json({ error: 'empty body' }, 400) };
  const given = parseJson(text);
  if (given === undefined) return { reply: exception('parse_error.101] parse error') };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { reply: exception(`type_error.306] cannot use value() with ${nameOfType(given)}`) };
  }
  const fields: Record<string, unknown> = { ...defaults, ...given };
  const mistyped = Object.entries(defaults).find(([name, value]) => typeof fields[name] !== typeof value);
  if (mistyped) {
    const [name, value] = mistyped;
    const words = `type must be ${typeof value}, but is ${nameOfType(fields[name])}`;
    return { reply: exception(`type_error.302] ${words}`) };
  }
  const whole = (name: string) => Math.trunc(Number(fields[name]));
  if (fields.prompt === '') return { reply: json({ error: 'prompt required' }, 400) };
  if (whole('width') <= 0 || whole('height') <= 0) {
    return { reply: json({ error: 'width and height must be positive' }, 400) };
  }
  const seed = whole('seed');
  const understood = readTxt2ImgRequest({
    ...fields,
    width: whole('width'),
    height: whole('height'),
    steps: Math.max(1, whole('steps')),
    batch_size: Math.min(8, Math.max(1, whole('batch_size'))),
    n_iter: 1,
    // Read as 32 bits with a sign; what is negative then comes from the clock in whole seconds.
    seed: seed >= 0 && seed < 2 ** 31 ? seed : seedOfSecond(clock.now()),
    save_images: false,
    send_images: true,
    override_settings: {},
    enable_hr: false,
  });
  return 'reply' in understood ? understood : { request: understood.request, echo: given };
}

const defaults = {
  prompt: '',
  negative_prompt: '',
  width: 512,
  height: 512,
  steps: 20,
  cfg_scale: 7,
  seed: -1,
  batch_size: 1,
};

/** captures/sd-server/62, 75, 76 */
function exception(words: string): Reply {
  return json({ error: 'server_error', message: `[json.exception.${words}` }, 500);
}

function nameOfType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function seedOfSecond(now: number): number {
  return Math.floor(chanceFrom(Math.floor(now / 1000))() * 2 ** 31);
}
