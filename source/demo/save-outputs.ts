import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { nextCount, saveInPlace } from './counted-files.ts';
import { encodePicture } from './encode-picture.ts';
import { fillPattern } from './file-pattern.ts';
import type { RanCheckpoint } from './generation-info.ts';
import type { Job } from './job.ts';
import { dayOf } from './local-time.ts';
import type { Machine } from './machine.ts';
import { saveNumbered } from './saved-files.ts';

/** Images of a batch that was given up are not saved unless the options say so (webui-api.md 4.2). */
export function maySaveSamples({ options, progress }: Machine): boolean {
  const isUnfinished = progress.isInterrupted || progress.isSkipped;
  return (
    options.get('samples_save') === true && (!isUnfinished || options.get('save_incomplete_images') === true)
  );
}

/** Writes one image into the day's folder, as the options say. */
export async function saveSample(
  sample: {
    readonly job: Job;
    readonly checkpoint: RanCheckpoint;
    readonly index: number;
    readonly png: Buffer;
    readonly infotext: string;
    readonly isDiskFull: boolean;
  },
  machine: Machine,
): Promise<void> {
  const { options, clock } = machine;
  const { job } = sample;
  const parts = {
    ...job,
    seed: job.seeds[sample.index] ?? 0,
    modelName: sample.checkpoint.name,
    savedAt: clock.now(),
  };
  const isDated = options.get('save_to_dirs') === true;
  const pattern =
    textOption(machine, 'samples_filename_pattern') || (isDated ? '[seed]' : '[seed]-[prompt_spaces]');
  const folder = isDated ? fillPattern(textOption(machine, 'directories_filename_pattern'), parts) : '';
  const file = {
    directory: resolve(machine.dataDirectory, textOption(machine, 'outdir_txt2img_samples'), folder),
    bytes: await encode(sample, textOption(machine, 'samples_format'), machine),
    extension: textOption(machine, 'samples_format'),
    isDiskFull: sample.isDiskFull,
  };
  if (machine.family.saving === 'counted') {
    const seq = await nextCount(file.directory, machine.savedCount);
    await saveInPlace({ ...file, stem: fillPattern(pattern, { ...parts, seq }) });
    return;
  }
  const path = await saveNumbered({ ...file, prefix: '', decoration: `-${fillPattern(pattern, parts)}` });
  if (options.get('save_txt') === true) {
    await writeFile(path.replace(/\.[^.]+$/, '.txt'), `${sample.infotext}\n`);
  }
}

/** Writes a grid into its own folder of the day. */
export async function saveGrid(
  grid: { readonly png: Buffer; readonly infotext: string },
  machine: Machine,
): Promise<void> {
  const format = textOption(machine, 'grid_format');
  const folder = machine.options.get('grid_save_to_dirs') === true ? dayOf(machine.clock.now()) : '';
  await saveNumbered({
    directory: resolve(machine.dataDirectory, textOption(machine, 'outdir_txt2img_grids'), folder),
    bytes: await encode(grid, format, machine),
    extension: format,
    prefix: 'grid',
    decoration: '',
    isDiskFull: false,
  });
}

function encode(
  image: { readonly png: Buffer; readonly infotext: string },
  format: string,
  { options }: Machine,
): Promise<Buffer> {
  return encodePicture(image.png, {
    format,
    infotext: options.get('enable_pnginfo') === true ? image.infotext : null,
    quality: Number(options.get('jpeg_quality')),
  });
}

function textOption({ options }: Machine, key: string): string {
  return String(options.get(key) ?? '');
}
