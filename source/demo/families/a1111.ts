import { defaultOptions } from '../default-options.ts';
import { generationInfo } from '../generation-info.ts';
import { createInfotext } from '../infotext.ts';
import { readJsonObject } from '../json-body.ts';
import { listRoutes } from '../list-routes.ts';
import { memoryRoute } from '../memory-route.ts';
import { optionRoutes } from '../option-routes.ts';
import { progressRoutes } from '../progress-routes.ts';
import { exceptionReply, fastApiError, httpException } from '../reply.ts';
import type { Routes } from '../routes.ts';
import { resolveSampling, samplers, schedulers } from '../samplers.ts';
import { serverStopRoutes } from '../server-stop-routes.ts';
import { txt2img } from '../txt2img.ts';
import { readTxt2ImgRequest, txt2ImgFieldNames } from '../txt2img-request.ts';
import type { DemoFamily, Manners } from './family.ts';

/** FastAPI behind uvicorn (webui-api.md 10.1, captures/forge-webui/01). */
export const fastApi: Manners = {
  isLaxAboutPaths: false,
  unknownPath: () => fastApiError(404),
  wrongVerb: (verbs) => fastApiError(405, { allow: verbs.join(', ') }),
  refuse: httpException,
  complaints: { missing: 'Not authenticated', wrong: 'Incorrect username or password' },
  headers: { server: 'uvicorn' },
  isHttp10: false,
};

/** AUTOMATIC1111 1.10, which the others are described against. */
export const a1111: DemoFamily = {
  hasOneCheckpoint: false,
  options: defaultOptions,
  isStrictAboutOptions: true,
  routes: (machine, start): Routes => ({
    '/sdapi/v1/txt2img': { POST: ({ body }) => txt2img(machine, body) },
    ...listRoutes(machine, { samplers, schedulers }),
    ...optionRoutes(machine, start),
    ...progressRoutes(machine),
    ...memoryRoute(machine),
    ...serverStopRoutes(machine),
  }),
  manners: fastApi,
  fieldNames: txt2ImgFieldNames,
  readRequest(body, { family: { manners } }) {
    const read = readJsonObject(body);
    if ('reply' in read) return read;
    const understood = readTxt2ImgRequest(read.object);
    if ('reply' in understood) return understood;
    const { request } = understood;
    const script = request.script_name ?? Object.keys(request.alwayson_scripts ?? {})[0];
    if (script) return { reply: manners.refuse(422, `Script '${script}' not found`) };
    return { request, echo: request };
  },
  resolveSampling,
  sizeRule: { multiple: 8, rounding: 'down', longestSide: null },
  maxOutstanding: Number.POSITIVE_INFINITY,
  jobName: 'scripts_txt2img',
  infotext: createInfotext,
  info: generationInfo,
  answer: ({ images, info, echo }) => ({ images, parameters: echo, info: JSON.stringify(info) }),
  failure: (error) =>
    error.name === 'HTTPException' ? httpException(500, error.message) : exceptionReply(error),
  endsAfter: () => true,
  saving: 'numbered',
  reloadsAfterOverride: false,
};
