import { readJsonObject } from './json-body.ts';
import { encodePreview, renewPreview } from './live-preview.ts';
import type { Machine } from './machine.ts';
import { json } from './reply.ts';
import type { Routes } from './routes.ts';

/** What runs, and the two ways to give it up (webui-api.md 5, 4.2). */
export function progressRoutes(machine: Machine): Routes {
  const { progress, clock } = machine;
  return {
    '/sdapi/v1/progress': {
      GET: async ({ query }) => {
        const isPreviewWanted = query.get('skip_current_image') !== 'true';
        renewPreview(machine);
        return json({
          progress: progress.progress(),
          eta_relative: progress.etaSeconds(clock.now()),
          state: progress.toJson(),
          current_image: isPreviewWanted ? await encodePreview(machine) : null,
          textinfo: null,
        });
      },
    },
    '/sdapi/v1/interrupt': {
      POST: () => {
        progress.interrupt();
        return json({});
      },
    },
    '/sdapi/v1/skip': {
      POST: () => {
        progress.skip();
        return json(null);
      },
    },
    '/internal/progress': { POST: async ({ body }) => internalProgress(machine, readJsonObject(body)) },
    '/internal/pending-tasks': {
      GET: () => json({ size: machine.pending.size, tasks: [...machine.pending] }),
    },
  };
}

/** By task id, and without any guard (webui-api.md 5.4). */
async function internalProgress(machine: Machine, read: ReturnType<typeof readJsonObject>) {
  if ('reply' in read) return read.reply;
  const { progress, pending, completed, clock } = machine;
  const taskId = String(read.object.id_task ?? '');
  const isActive = progress.taskId === taskId;
  const isQueued = pending.has(taskId);
  const place = [...pending].indexOf(taskId) + 1;
  return json({
    active: isActive,
    queued: isQueued,
    completed: completed.includes(taskId),
    progress: isActive ? progress.progress() : null,
    eta: isActive ? progress.etaSeconds(clock.now()) : null,
    live_preview: isActive && read.object.live_preview === true ? await previewUrl(machine) : null,
    id_live_preview: isActive ? progress.step : -1,
    textinfo: isActive ? null : isQueued ? `In queue: ${place}/${pending.size}` : 'Waiting...',
  });
}

async function previewUrl(machine: Machine): Promise<string | null> {
  renewPreview(machine);
  const image = await encodePreview(machine);
  return image === null ? null : `data:image/png;base64,${image}`;
}
