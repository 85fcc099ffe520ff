import type { Misfortune } from './fault-schedule.ts';
import { json, type Reply } from './reply.ts';

/** captures/koboldcpp/84 */
export const busy: Reply = json(
  { detail: { msg: 'Server is busy; please try again later.', type: 'service_unavailable' } },
  503,
);

/** The answer of a generation that is turned away on arrival and never runs; null where it may run. */
export function refusal(misfortune: Misfortune): Reply | null {
  if (misfortune.has('reset')) return { status: 200, body: '', cut: 'at-once' };
  if (misfortune.has('502')) return gatewayPage(502, 'Bad Gateway');
  if (misfortune.has('503')) return busy;
  if (misfortune.has('429')) {
    const seconds = misfortune.valueOf('429');
    return {
      ...json({ detail: 'Too many requests' }, 429),
      headers: seconds === null ? {} : { 'retry-after': String(seconds) },
    };
  }
  return null;
}

/** What a proxy in front of the WebUI says in its stead. */
export function gatewayPage(status: 502 | 504 | 524, words: string): Reply {
  return {
    status,
    contentType: 'text/html',
    body: `<html>\r\n<head><title>${status} ${words}</title></head>\r\n<body>\r\n<center><h1>${status} ${words}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}
