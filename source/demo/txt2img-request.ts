import {
  type Reader,
  readBoolean,
  readInteger,
  readList,
  readNumber,
  readObject,
  readText,
} from './pydantic.ts';
import { json, type Reply } from './reply.ts';

type Field<T> = { readonly read: Reader<T>; readonly initial: T | null };

const text = (initial: string | null): Field<string> => ({ read: readText, initial });
const integer = (initial: number | null): Field<number> => ({ read: readInteger, initial });
const number = (initial: number | null): Field<number> => ({ read: readNumber, initial });
const boolean = (initial: boolean | null): Field<boolean> => ({ read: readBoolean, initial });
const list = (initial: readonly unknown[] | null): Field<readonly unknown[]> => ({ read: readList, initial });
const object = (initial: Record<string, unknown> | null): Field<Readonly<Record<string, unknown>>> => ({
  read: readObject,
  initial,
});

/** Every field of A1111 1.10 with its default, in the order of its answers (webui-api.md 3, captures/forge/50). */
const fields = {
  prompt: text(''),
  negative_prompt: text(''),
  styles: list(null),
  seed: integer(-1),
  subseed: integer(-1),
  subseed_strength: number(0),
  seed_resize_from_h: integer(-1),
  seed_resize_from_w: integer(-1),
  sampler_name: text(null),
  scheduler: text(null),
  batch_size: integer(1),
  n_iter: integer(1),
  steps: integer(50),
  cfg_scale: number(7),
  width: integer(512),
  height: integer(512),
  restore_faces: boolean(null),
  tiling: boolean(null),
  do_not_save_samples: boolean(false),
  do_not_save_grid: boolean(false),
  eta: number(null),
  denoising_strength: number(null),
  s_min_uncond: number(null),
  s_churn: number(null),
  s_tmax: number(null),
  s_tmin: number(null),
  s_noise: number(null),
  override_settings: object(null),
  override_settings_restore_afterwards: boolean(true),
  refiner_checkpoint: text(null),
  refiner_switch_at: number(null),
  disable_extra_networks: boolean(false),
  firstpass_image: text(null),
  comments: object(null),
  enable_hr: boolean(false),
  firstphase_width: integer(0),
  firstphase_height: integer(0),
  hr_scale: number(2),
  hr_upscaler: text(null),
  hr_second_pass_steps: integer(0),
  hr_resize_x: integer(0),
  hr_resize_y: integer(0),
  hr_checkpoint_name: text(null),
  hr_sampler_name: text(null),
  hr_scheduler: text(null),
  hr_prompt: text(''),
  hr_negative_prompt: text(''),
  force_task_id: text(null),
  sampler_index: text('Euler'),
  script_name: text(null),
  script_args: list([]),
  send_images: boolean(true),
  save_images: boolean(false),
  alwayson_scripts: object({}),
  infotext: text(null),
};

/** A txt2img request with its defaults filled in; any field may be null, as the schema allows. */
export type Txt2ImgRequest = {
  readonly [K in keyof typeof fields]: ReturnType<(typeof fields)[K]['read']> extends infer R
    ? (R extends { value: infer T } ? T : never) | null
    : never;
};

/** The names of the fields, for `/openapi.json`. */
export const txt2ImgFieldNames: readonly string[] = Object.keys(fields);

/** Fills in defaults and drops unknown keys; wrong types and unknown scripts become A1111's 422. */
export function readTxt2ImgRequest(
  body: Readonly<Record<string, unknown>>,
): { readonly request: Txt2ImgRequest } | { readonly reply: Reply } {
  const values: Record<string, unknown> = {};
  const complaints: unknown[] = [];
  for (const [name, { read, initial }] of Object.entries<Field<unknown>>(fields)) {
    const input = body[name];
    if (input === undefined || input === null) {
      values[name] = input === undefined ? initial : null;
      continue;
    }
    const reading = read(input);
    if ('value' in reading) values[name] = reading.value;
    else complaints.push({ type: reading.type, loc: ['body', name], msg: reading.msg, input });
  }
  if (complaints.length > 0) return { reply: json({ detail: complaints }, 422) };
  return { request: values as Txt2ImgRequest };
}
