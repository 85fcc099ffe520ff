import type { Machine } from './machine.ts';
import type { Reply } from './reply.ts';
import type { Routes } from './routes.ts';

/**
 * `POST /sdapi/v1/server-restart`, which is there with `--api-server-stop` alone. The process ends before it answers; one that its script
 * would not start again says 501 instead (webui-api.md 2).
 */
export function serverStopRoutes({ serverStop }: Machine): Routes {
  if (serverStop === null) return {};
  return {
    '/sdapi/v1/server-restart': {
      POST: (): Reply => {
        if (!serverStop.isRestartable) return { status: 501, body: '', contentType: null };
        serverStop.restart();
        return { status: 200, body: '', cut: 'at-once' };
      },
    },
  };
}
