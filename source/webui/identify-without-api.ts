import * as v from 'valibot';
import type { Failure } from '../generation/failure.ts';
import { exchange, type Peer } from './exchange.ts';
import { parseAnswer } from './request-json.ts';

/** Draw Things tells its current settings at `/` (webui-api.md 7.7). */
const drawThingsSchema = v.object({ model: v.string() });

/**
 * What it means that `/sdapi` is not there: a WebUI without `--api` still serves its page, and FastAPI's own 404 is the mark of one
 * whose page is not up yet (webui-api.md 1, 7.9). Draw Things has txt2img and lists nothing; anything else is another program.
 */
export async function identifyWithoutApi(peer: Peer, signal: AbortSignal): Promise<Failure> {
  const page = await exchange(peer, { method: 'GET', path: '/', signal });
  if (!page.ok) return page.failure;
  const { status, text } = page.value;
  const settings = parseAnswer(page.value);
  if (status === 200 && settings.ok && v.is(drawThingsSchema, settings.value)) {
    const detail = 'it is Draw Things, which lists neither models nor samplers and cannot be driven';
    return { kind: 'not-a-webui', detail, httpStatus: status };
  }
  const isWebUi = /gradio/i.test(text) || /^\s*\{\s*"detail"\s*:\s*"Not Found"\s*\}\s*$/.test(text);
  return { kind: isWebUi ? 'api-off' : 'not-a-webui', detail: '', httpStatus: isWebUi ? 404 : status };
}
