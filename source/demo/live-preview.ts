import { encodePicture } from './encode-picture.ts';
import type { Machine } from './machine.ts';
import { drawPreview } from './picture/derived-pictures.ts';
import { arrangeGrid } from './picture/grid.ts';

/** What every poll of the progress does, with or without asking for the picture: another one after so many steps (webui-api.md 5.3). */
export function renewPreview(machine: Machine): void {
  const { progress } = machine;
  const everyStepCount = everyStepCountOf(machine);
  if (everyStepCount === null || everyStepCount < 0 || progress.jobCount === 0) return;
  if (progress.step - progress.previewStep < everyStepCount || progress.pictures === null) return;
  progress.previewStep = progress.step;
  progress.preview = { pictures: progress.pictures, doneShare: progress.step / progress.stepCount };
}

/** A batch or pass is decoded; with -1 that is the only time there is another preview. */
export function endPass(machine: Machine): void {
  const { progress } = machine;
  if (everyStepCountOf(machine) === -1 && progress.pictures !== null) {
    progress.preview = { pictures: progress.pictures, doneShare: 1 };
  }
  progress.nextJob();
}

/** The newest preview as base64 in the format of the images; null while there is none, and when idle. */
export async function encodePreview({ progress, options, statistics }: Machine): Promise<string | null> {
  const { preview } = progress;
  if (preview === null || progress.jobCount === 0) return null;
  statistics.notePreview();
  const shown = options.get('show_progress_grid') === true ? preview.pictures : preview.pictures.slice(0, 1);
  const picture = shown.length === 1 ? (shown[0] as Buffer) : await arrangeGrid(shown);
  const bytes = await encodePicture(await drawPreview(picture, preview.doneShare), {
    format: String(options.get('samples_format')),
    infotext: null,
    quality: Number(options.get('jpeg_quality')),
  });
  return bytes.toString('base64');
}

/** Null while previews are off. */
function everyStepCountOf({ options }: Machine): number | null {
  return options.get('live_previews_enable') === false
    ? null
    : Number(options.get('show_progress_every_n_steps'));
}
