import { parseFault } from './faults.ts';
import { readJsonObject } from './json-body.ts';
import type { Machine } from './machine.ts';
import { json } from './reply.ts';
import type { Routes } from './routes.ts';

/**
 * The demo's own control path, which no real WebUI has; it needs no password and is never delayed:
 * `GET /demo/stats` tells how busy the GPU was and what came in; `POST /demo/faults` with `{"add": "502@+1x3"}` adds a fault
 * (400 with a sentence when it is none); `DELETE /demo/faults` ends all of them and lets a hanging generation go on.
 */
export function controlRoutes({ faults, statistics, clock }: Machine): Routes {
  return {
    '/demo/stats': { GET: () => json(statistics.read()) },
    '/demo/faults': {
      POST: ({ body }) => {
        const read = readJsonObject(body);
        if ('reply' in read) return read.reply;
        const parsed = parseFault(String(read.object.add));
        if ('problem' in parsed) return json({ detail: parsed.problem }, 400);
        faults.add(parsed.fault, clock.steady());
        return json({});
      },
      DELETE: () => {
        faults.clear();
        return json({});
      },
    },
  };
}
