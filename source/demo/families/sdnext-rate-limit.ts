import type { Machine } from '../machine.ts';
import { json } from '../reply.ts';
import type { Handler, Routes } from '../routes.ts';

const windowMs = 60_000;

/** What a request costs; the others cost 1 (webui-api.md 7.4). */
const costs: Readonly<Record<string, number>> = { '/sdapi/v1/txt2img': 5 };

/** SD.Next's limiter: a sliding minute for each path, and looked at only after the work (webui-api.md 7.4). */
export function withRateLimit(routes: Routes, { options, clock }: Machine): Routes {
  function limited(path: string, handler: Handler): Handler {
    const cost = costs[path] ?? 1;
    let spentAt: number[] = [];
    return async (exchange) => {
      const reply = await handler(exchange);
      const limit = Number(options.get('server_rate_limit'));
      if (!(limit > 0)) return reply;
      const now = clock.steady();
      spentAt = [...spentAt.filter((at) => at > now - windowMs), now];
      return spentAt.length * cost > limit ? json({ detail: 'Too Many Requests' }, 429) : reply;
    };
  }
  return Object.fromEntries(
    Object.entries(routes).map(([path, verbs]) => [
      path,
      Object.fromEntries(Object.entries(verbs).map(([verb, handler]) => [verb, limited(path, handler)])),
    ]),
  );
}
