import * as v from 'valibot';
import type { Family } from '../generation/family.ts';
import { exchange, type Peer } from './exchange.ts';
import { getJson } from './request-json.ts';

/** Who answers, and its version where it says so of itself. */
export type Identity = { readonly family: Family; readonly version: string | null };

const schemaOfApi = v.object({
  paths: v.record(v.string(), v.unknown()),
  components: v.nullish(
    v.object({
      schemas: v.nullish(
        v.object({
          StableDiffusionProcessingTxt2Img: v.nullish(
            v.object({ properties: v.record(v.string(), v.unknown()) }),
          ),
        }),
      ),
    }),
  ),
});

/**
 * Tells the family of a whole WebUI, with A1111's many options (webui-api.md 7.9). What a family lacks counts only where the list of paths
 * could be read: a path that does not answer may be hidden by a proxy.
 */
export async function identifyWebUi(peer: Peer, signal: AbortSignal): Promise<Identity> {
  const schema = await getJson(peer, { path: '/openapi.json', signal }, schemaOfApi);
  const paths = new Set(schema.ok ? Object.keys(schema.value.paths) : []);
  if (!schema.ok || !paths.has(api('txt2img')))
    return { family: await familyByPaths(peer, signal), version: null };
  const fields = schema.value.components?.schemas?.StableDiffusionProcessingTxt2Img?.properties ?? {};
  return { family: familyBySchema(paths, new Set(Object.keys(fields))), version: null };
}

function familyBySchema(paths: ReadonlySet<string>, fields: ReadonlySet<string>): Family {
  const has = (name: string) => paths.has(api(name));
  if (has('status') && has('checkpoint')) return 'sdnext';
  if (has('sd-modules')) return has('reload-checkpoint') ? 'forge' : 'forge-neo';
  // A1111 before 1.9 has no schedulers either, but hypernetworks it had from the start.
  if (!has('schedulers') && !has('hypernetworks')) return 'forge-classic';
  return fields.has('hr_cfg') ? 'reforge' : 'a1111';
}

async function familyByPaths(peer: Peer, signal: AbortSignal): Promise<Family> {
  const [modules, status, checkpoint] = await Promise.all(
    ['sd-modules', 'status', 'checkpoint'].map((name) => isThere(peer, api(name), signal)),
  );
  if (status && checkpoint) return 'sdnext';
  return modules ? 'forge' : 'a1111';
}

const koboldSchema = v.object({ result: v.literal('KoboldCpp'), version: v.nullish(v.string(), null) });

/** Tells the family of what has two options only (webui-api.md 7.1, 7.9). */
export async function identifyImitation(peer: Peer, signal: AbortSignal): Promise<Identity> {
  const kobold = await getJson(peer, { path: '/api/extra/version', signal }, koboldSchema);
  if (kobold.ok) return { family: 'koboldcpp', version: kobold.value.version };
  const capabilities = await exchange(peer, { method: 'GET', path: '/sdcpp/v1/capabilities', signal });
  if (capabilities.ok && capabilities.value.status === 200) return { family: 'sd-cpp', version: null };
  const page = await exchange(peer, { method: 'GET', path: '/', signal });
  // captures/sd-server/24
  const isSdCpp = page.ok && page.value.text.trim() === 'Stable Diffusion Server is running';
  return { family: isSdCpp ? 'sd-cpp' : 'other', version: null };
}

/** Asked by GET, which does nothing: a POST-only path says 405 (captures/forge/79), a missing one 404. */
export async function isThere(peer: Peer, path: string, signal: AbortSignal): Promise<boolean> {
  const result = await exchange(peer, { method: 'GET', path, signal });
  return result.ok && result.value.status !== 404 && result.value.status !== 501;
}

function api(name: string): string {
  return `/sdapi/v1/${name}`;
}
