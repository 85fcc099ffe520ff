import { cmdFlags } from './cmd-flags.ts';
import { readJsonObject } from './json-body.ts';
import type { Machine, ServerStart } from './machine.ts';
import { exceptionReply, json, PythonError } from './reply.ts';
import type { Handler, Routes } from './routes.ts';

/** Settings and flags. Both may hold secrets on a real server, and the flags do here (webui-api.md 2.4). */
export function optionRoutes(machine: Machine, start: ServerStart): Routes {
  return {
    '/sdapi/v1/options': { GET: () => json(machine.options.all()), POST: setOptions(machine) },
    '/sdapi/v1/cmd-flags': {
      GET: () =>
        json(
          cmdFlags({
            dataDirectory: machine.dataDirectory,
            port: start.port(),
            auth: start.auth,
            hasServerStop: machine.serverStop !== null,
          }),
        ),
    },
  };
}

/** Sets what is given, in order; another checkpoint is loaded before the answer, in its turn (webui-api.md 2.4). */
function setOptions({ options, shelf, loader, lock }: Machine): Handler {
  return async ({ body }) => {
    const read = readJsonObject(body);
    if ('reply' in read) return read.reply;
    const wanted = read.object.sd_model_checkpoint;
    try {
      if (wanted !== undefined && wanted !== null && !shelf.find(wanted)) {
        throw new PythonError('RuntimeError', `model '${wanted}' not found`);
      }
      for (const [key, value] of Object.entries(read.object)) {
        options.set(key, value);
        const checkpoint = key === 'sd_model_checkpoint' ? shelf.find(value) : undefined;
        if (checkpoint) {
          await lock.run(async () => {
            await loader.whenReady();
            await loader.load(checkpoint);
          });
        }
      }
      return json(null);
    } catch (error) {
      if (error instanceof PythonError) return exceptionReply(error);
      throw error;
    }
  };
}
