import { type ShelvedCheckpoint, shortHashOf } from './checkpoint-shelf.ts';
import { encodePicture } from './encode-picture.ts';
import type { Misfortune } from './fault-schedule.ts';
import { infotextParts, type RanCheckpoint } from './generation-info.ts';
import { type Job, settleJob } from './job.ts';
import { endPass } from './live-preview.ts';
import type { Machine } from './machine.ts';
import { blendPictures, drawBlack, drawUnfinished } from './picture/derived-pictures.ts';
import { drawPicture } from './picture/draw-picture.ts';
import { arrangeGrid } from './picture/grid.ts';
import { sampleBatch, stepDurationOf } from './sampling.ts';
import { maySaveSamples, saveGrid, saveSample } from './save-outputs.ts';
import type { RequestRecord } from './statistics.ts';
import type { Txt2ImgRequest } from './txt2img-request.ts';

/** The connection must be cut although the generation went well. */
export class ConnectionCut extends Error {}

/** A finished picture with what is written into it. */
export type Painted = { readonly png: Buffer; readonly infotext: string };

/** What is left to encode and send once the lock is free. */
export type Generated = { readonly images: readonly Painted[]; readonly info: Record<string, unknown> };

/** One request from start to end; the caller holds the lock. Overridden options are put back whatever happens. */
export async function runGeneration(
  request: Txt2ImgRequest,
  machine: Machine,
  record: RequestRecord,
  misfortune: Misfortune,
): Promise<Generated> {
  const { options, loader, shelf, family } = machine;
  const { sd_model_checkpoint: wanted, ...overrides } = request.override_settings ?? {};
  const overridden = shelf.find(wanted);
  // An unknown checkpoint is dropped without a word (webui-api.md 3.1).
  const restore = options.override(overridden ? { ...overrides, sd_model_checkpoint: wanted } : overrides);
  try {
    const asked = loader.selected();
    await loader.load(asked);
    const checkpoint = misfortune.has('wrong-checkpoint') ? await anotherThan(asked, machine) : asked;
    const job = settleJob(request, machine);
    record.seeds = job.seeds;
    record.checkpoint = checkpoint.path;
    const ran: RanCheckpoint = { name: checkpoint.modelName, hash: shortHashOf(checkpoint) };
    return await paint(job, ran, machine, misfortune, request.save_images === true);
  } finally {
    if (request.override_settings_restore_afterwards !== false) restore();
    if (overridden && family.reloadsAfterOverride) await loader.load(loader.selected());
  }
}

async function anotherThan(asked: ShelvedCheckpoint, { shelf }: Machine): Promise<ShelvedCheckpoint> {
  const other = shelf.list().find(({ path }) => path !== asked.path) ?? asked;
  await shelf.hash(other);
  return other;
}

async function paint(
  job: Job,
  checkpoint: RanCheckpoint,
  machine: Machine,
  misfortune: Misfortune,
  isSaving: boolean,
): Promise<Generated> {
  const { options, progress, clock, family, faults, memory } = machine;
  const infotextOf = (index: number) => family.infotext(infotextParts(job, checkpoint, index));
  const stepMs = stepDurationOf(job, machine, misfortune);
  const painted: Painted[] = [];
  for (let batch = 0; batch < job.batchCount; batch += 1) {
    progress.isSkipped = false;
    progress.pictures = null;
    if (progress.isInterrupted) break;
    if (progress.jobCount === -1) progress.jobCount = job.batchCount * (job.hires ? 2 : 1);
    if (job.batchCount > 1) progress.job = `Batch ${batch + 1} out of ${job.batchCount}`;
    const indices = Array.from({ length: job.batchSize }, (_, offset) => batch * job.batchSize + offset);
    const [doneShare, pictures] = await Promise.all([
      sampleBatch(job, stepMs, machine, misfortune),
      drawAll(job, checkpoint, indices, machine, misfortune.has('black')),
    ]);
    endPass(machine);
    if (misfortune.has('reset-before-saving')) throw new ConnectionCut();
    if (misfortune.has('no-images')) continue;
    for (const [offset, index] of indices.entries()) {
      const picture = pictures[offset] as Buffer;
      const png = doneShare < 1 ? await drawUnfinished(picture, doneShare) : picture;
      const infotext = infotextOf(index);
      painted.push({ png, infotext });
      memory.leakedBytes += faults.leakPerImage() * 1e6;
      clock.signal.throwIfAborted();
      if (isSaving && family.saving !== 'never' && maySaveSamples(machine)) {
        await saveSample(
          { job, checkpoint, index, png, infotext, isDiskFull: misfortune.has('disk-full') },
          machine,
        );
      }
    }
  }
  const grid = isSaving ? await makeGrid(painted, job, checkpoint, machine) : null;
  const images = grid && options.get('return_grid') === true ? [grid, ...painted] : painted;
  const infotexts = images.map(({ infotext }) => infotext);
  return {
    images,
    info: family.info({
      job,
      checkpoint,
      infotexts: infotexts.length > 0 ? infotexts : [infotextOf(0)],
      hasGrid: images.length > painted.length,
      jobTimestamp: progress.jobTimestamp,
    }),
  };
}

/** Draws during the time that sampling takes; previews are made from what is drawn. */
async function drawAll(
  job: Job,
  checkpoint: RanCheckpoint,
  indices: readonly number[],
  { progress }: Machine,
  isBlack: boolean,
): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (const index of indices) {
    const size = { width: job.pictureWidth, height: job.pictureHeight };
    const subject = { prompt: job.prompt, seed: job.seeds[index] ?? 0, checkpoint: checkpoint.name, ...size };
    const subseed = job.subseedStrength > 0 ? (job.subseeds[index] ?? 0) : null;
    const drawn = isBlack ? await drawBlack(size) : await drawPicture(subject);
    const picture =
      isBlack || subseed === null
        ? drawn
        : await blendPictures(drawn, await drawPicture({ ...subject, seed: subseed }), job.subseedStrength);
    pictures.push(picture);
  }
  progress.pictures = pictures;
  return pictures;
}

/** A grid only where the options want one and there is more than one image (webui-api.md 4.1). */
async function makeGrid(
  painted: readonly Painted[],
  job: Job,
  checkpoint: RanCheckpoint,
  machine: Machine,
): Promise<Painted | null> {
  const { options, family } = machine;
  const isWanted = options.get('return_grid') === true || options.get('grid_save') === true;
  const isNeeded = painted.length >= (options.get('grid_only_if_multiple') === true ? 2 : 1);
  if (!isWanted || !isNeeded) return null;
  const png = await arrangeGrid(painted.map((image) => image.png));
  const grid = { png, infotext: family.infotext(infotextParts(job, checkpoint, 0)) };
  if (options.get('grid_save') === true) await saveGrid(grid, machine);
  return grid;
}

/** The images as base64 in the server's format, which overrides never change (webui-api.md 3.1). */
export async function encodeImages(images: readonly Painted[], { options }: Machine): Promise<string[]> {
  const encoded: string[] = [];
  for (const { png, infotext } of images) {
    const bytes = await encodePicture(png, {
      format: String(options.get('samples_format')),
      infotext: options.get('enable_pnginfo') === true ? infotext : null,
      quality: Number(options.get('jpeg_quality')),
    });
    encoded.push(bytes.toString('base64'));
  }
  return encoded;
}
