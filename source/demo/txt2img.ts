import type { Misfortune } from './fault-schedule.ts';
import type { RawBody } from './json-body.ts';
import type { Machine } from './machine.ts';
import { busy, gatewayPage, refusal } from './refusals.ts';
import { json, PythonError, type Reply } from './reply.ts';
import { ConnectionCut, encodeImages, type Generated, runGeneration } from './run-generation.ts';
import type { RequestRecord } from './statistics.ts';
import type { Txt2ImgRequest } from './txt2img-request.ts';

/** Between the arrival of a request and its turn the previous generation's state can still be seen (webui-api.md 13.1). */
const preparationMs = 2;

/** `POST /sdapi/v1/txt2img`: one generation, in its turn, and the misfortune that was asked for. */
export async function txt2img(machine: Machine, body: RawBody): Promise<Reply> {
  const { statistics, faults, clock, family } = machine;
  const understood = family.readRequest(body, machine);
  if ('reply' in understood) return understood.reply;
  const { request, echo } = understood;
  if (statistics.outstanding >= family.maxOutstanding) return busy;

  const record = statistics.arrive();
  const misfortune = faults.arrive(clock.steady());
  let outcome: 'completed' | 'failed' = 'failed';
  try {
    const refused = refusal(misfortune);
    if (refused) return refused;
    const generated = await takeTurn(request, machine, record, misfortune);
    outcome = 'completed';
    const images = request.send_images === false ? [] : await encodeImages(generated.images, machine);
    return spoil(json(family.answer({ images, info: generated.info, echo })), misfortune);
  } catch (error) {
    if (error instanceof ConnectionCut) return { status: 200, body: '', cut: 'at-once' };
    if (!(error instanceof PythonError)) throw error;
    return family.failure(error, machine);
  } finally {
    statistics.leave(record, outcome);
  }
}

async function takeTurn(
  request: Txt2ImgRequest,
  machine: Machine,
  record: RequestRecord,
  misfortune: Misfortune,
): Promise<Generated> {
  const { clock, lock, loader, pending, completed, progress, statistics, family } = machine;
  const taskId = request.force_task_id ?? `task(txt2img-${record.number})`;
  pending.add(taskId);
  try {
    await clock.sleep(preparationMs);
    return await lock.run(async () => {
      pending.delete(taskId);
      statistics.start(record);
      try {
        await loader.whenReady();
        progress.begin(taskId, family.jobName, clock.now());
        const generated = await runGeneration(request, machine, record, misfortune);
        completed.push(taskId);
        if (completed.length > 16) completed.shift();
        progress.end();
        return generated;
      } catch (error) {
        if (!(error instanceof PythonError) || family.endsAfter(error)) progress.end();
        throw error;
      } finally {
        statistics.end(record);
      }
    });
  } finally {
    pending.delete(taskId);
  }
}

function spoil(reply: Reply, misfortune: Misfortune): Reply {
  const half = reply.body.slice(0, Math.floor(reply.body.length / 2));
  if (misfortune.has('reset-after-saving')) return { ...reply, cut: 'at-once' };
  if (misfortune.has('truncated-json')) return { ...reply, cut: 'halfway' };
  if (misfortune.has('invalid-json')) return { ...reply, body: half };
  if (misfortune.has('504')) return gatewayPage(504, 'Gateway Time-out');
  if (misfortune.has('524')) return gatewayPage(524, 'a timeout occurred');
  return reply;
}
