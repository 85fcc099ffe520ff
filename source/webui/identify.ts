import type { Failure } from '../generation/failure.ts';
import { exchange, type Peer } from './exchange.ts';

/**
 * What it means that `/sdapi` is not there: a WebUI without `--api` still serves its page, and FastAPI's own 404 is the mark of one
 * whose page is not up yet (webui-api.md 1, 7.9). Anything else at the address is another program.
 */
export async function identifyWithoutApi(peer: Peer, signal: AbortSignal): Promise<Failure> {
  const page = await exchange(peer, { method: 'GET', path: '/', signal });
  if (!page.ok) return page.failure;
  const { status, text } = page.value;
  const isWebUi = /gradio/i.test(text) || /^\s*\{\s*"detail"\s*:\s*"Not Found"\s*\}\s*$/.test(text);
  return { kind: isWebUi ? 'api-off' : 'not-a-webui', detail: '', httpStatus: isWebUi ? 404 : status };
}
