import type { Failure, FailureKind } from '../generation/failure.ts';
import { formatBytes } from './byte-counts.ts';
import { cleanText } from './clean-text.ts';
import { shownUrl } from './shown-url.ts';

/** What happened, and what to do about it: each a sentence or two, cleaned, for a screen or a plain line. */
export type FailureWords = { readonly what: string; readonly todo: string };

/** Server error texts can be whole pages; this much says what is wrong. */
const longestDetail = 240;

/** How a command of this program is called, by its words. */
export type CallOf = (command: string) => string;

const usualCall: CallOf = (command) => `sdloop ${command}`;

type Words = (facts: { failure: Failure; url: string; detail: string; call: CallOf }) => FailureWords;

const wordsByKind: Readonly<Record<FailureKind, Words>> = {
  unreachable: ({ url, detail }) => ({
    what: sentence(`No WebUI answers at ${url}`, detail),
    todo: 'Start it with `--api`, or give another address with --url.',
  }),
  starting: ({ url }) => ({
    what: `The WebUI at ${url} is still starting.`,
    todo: 'Nothing to do: it is asked again until it is ready.',
  }),
  'api-off': ({ url }) => ({
    what: `The WebUI at ${url} answers, but its API is switched off.`,
    todo: 'Start the WebUI with `--api`: ./webui.sh --api',
  }),
  'not-a-webui': ({ url, detail }) => ({
    what: sentence(`What answers at ${url} is not a Stable Diffusion WebUI`, detail),
    todo: 'Check address and port with --url; a WebUI listens on 7860 unless it is told otherwise.',
  }),
  unauthorised: ({ failure, url, detail }) =>
    failure.isAboutCertificate === true
      ? {
          what: sentence(`The server at ${url} lets nobody in without the right client certificate`, detail),
          todo: 'Name the one that it knows with --client-cert and its key with --client-key.',
        }
      : {
          what: `The WebUI at ${url} wants another user and password, or a token.`,
          todo: 'Give those of its `--api-auth` in SDLOOP_AUTH or with --auth user:pass; a token in SDLOOP_TOKEN or an --auth-file.',
        },
  'no-checkpoint': () => ({
    what: 'The WebUI has no checkpoint.',
    todo: 'Put a .safetensors file into its models/Stable-diffusion folder.',
  }),
  'unknown-checkpoint': ({ failure, call }) => ({
    what: `The WebUI has no checkpoint named ${named(failure)}.`,
    todo: closeNames(failure, `\`${call('models')}\` lists those it has.`),
  }),
  'unknown-sampler': ({ failure, call }) => ({
    what: `The WebUI has no sampler named ${named(failure)}.`,
    todo: closeNames(failure, `\`${call('samplers')}\` lists those it has.`),
  }),
  'unknown-scheduler': ({ failure, call }) => ({
    what: `The WebUI has no scheduler named ${named(failure)}.`,
    todo: closeNames(failure, `\`${call('samplers')}\` lists those it has.`),
  }),
  rejected: ({ failure, detail }) => ({
    what: sentence(`The WebUI refuses these values${status(failure)}`, detail),
    todo: 'Change the parameters, then go on.',
  }),
  'out-of-memory': ({ failure, detail }) => ({
    what:
      failure.isLikely === true
        ? sentence('The GPU probably ran out of memory', detail)
        : 'The GPU ran out of memory.',
    todo: 'Make the images smaller or the batch size lower; other programs on the GPU count too.',
  }),
  nan: () => ({
    what: 'The model computed NaNs and no picture.',
    todo: 'Start the WebUI with `--no-half-vae` or `--no-half`, or choose another checkpoint.',
  }),
  'black-image': ({ detail }) => ({
    what: sentence('An image came out entirely black', detail),
    todo: 'Start the WebUI with `--no-half-vae`, or choose another checkpoint.',
  }),
  busy: ({ url }) => ({
    what: `The WebUI at ${url} is busy with other work.`,
    todo: 'Nothing to do: it is tried again by itself.',
  }),
  'rate-limited': ({ url }) => ({
    what: `The WebUI at ${url} wants fewer requests.`,
    todo: 'Nothing to do: it is tried again after the wait that it asked for.',
  }),
  'server-error': ({ failure, detail }) => ({
    what: sentence(`The WebUI failed${status(failure)}`, detail),
    todo: 'It is tried again by itself; if this goes on, see the log of the WebUI.',
  }),
  'connection-lost': ({ url }) => ({
    what: `The connection to ${url} ended before the answer was complete.`,
    todo: 'It is tried again by itself; if this goes on, see whether the WebUI still runs.',
  }),
  'invalid-answer': ({ failure, detail }) => ({
    what: sentence(`The answer of the WebUI could not be read${status(failure)}`, detail),
    todo: 'See whether a proxy stands between, and whether the WebUI is up to date.',
  }),
  'answer-too-large': ({ detail }) => ({
    what: sentence('The answer of the WebUI is too large to be taken in', detail),
    todo: 'Ask for fewer or smaller images a generation, or have the WebUI save them: --save server',
  }),
  'wrong-checkpoint': ({ failure, detail }) => ({
    what: sentence(`The WebUI used another checkpoint than ${named(failure)}`, detail),
    todo: 'See whether the WebUI can load it, or choose another checkpoint.',
  }),
  'images-missing': ({ detail }) => ({
    what: sentence('The generation ended, but not all of its images were found', detail),
    todo: 'Say where the WebUI saves with --output-dir, or have them sent: --save client',
  }),
  'no-images': ({ detail }) => ({
    what: sentence('The WebUI answered without images', detail),
    todo: 'It is tried again by itself; if this goes on, see the log of the WebUI.',
  }),
  hung: ({ detail }) => ({
    what: sentence('The WebUI hangs', detail),
    todo: 'If it does not go on by itself, restart it.',
  }),
  'disk-full': ({ detail }) => ({
    what: sentence('The disk that images are saved on is full', detail),
    todo: 'Free some space; then it is tried again by itself.',
  }),
  'low-space': ({ failure }) => ({
    what: `Waiting for space on the disk with the images${spaceOf(failure)}.`,
    todo: 'Free some space: then it goes on by itself. --min-free sets the floor.',
  }),
  'restart-failed': ({ detail }) => ({
    what: sentence('The WebUI could not be restarted', detail),
    todo: 'Give --restart-command what starts it, or try your command by hand; webui.log in the state directory has its last words.',
  }),
  'memory-low': ({ detail }) => ({
    what: sentence("The memory of the WebUI's machine is nearly full", detail),
    todo: 'Restart the WebUI, or close other programs there.',
  }),
  'directory-unwritable': ({ detail }) => ({
    what: sentence('Images cannot be written to their directory', detail),
    todo: 'Make it writable, or choose another with --output-dir.',
  }),
};

/** What to do in place of waiting, where nothing is tried again by itself. */
const todoByHand: Partial<Readonly<Record<FailureKind, string>>> = {
  starting: 'Try again when it is ready; `sdloop run --wait` waits for it.',
  busy: 'Try again later; `sdloop run --wait` keeps trying.',
  'rate-limited': 'Try again later; `sdloop run --wait` keeps trying.',
  'server-error': 'See what the log of the WebUI says, then try again.',
  'no-images': 'See what the log of the WebUI says, then try again.',
  'connection-lost': 'See whether the WebUI still runs, then try again.',
  hung: 'Restart the WebUI, then go on.',
  'disk-full': 'Free some space, then try again.',
  'low-space': 'Free some space, or set another floor with --min-free.',
};

/** The words for a failure; `url` is the WebUI's, and credentials in it are not shown. */
export function describeFailure(
  failure: Failure,
  {
    url,
    willRetry = true,
    call = usualCall,
  }: { readonly url: string; readonly willRetry?: boolean; readonly call?: CallOf },
): FailureWords {
  const { kind, detail } = failure;
  const words = wordsByKind[kind]({ failure, url: shownUrl(url), detail: shorten(detail), call });
  return willRetry ? words : { ...words, todo: todoByHand[kind] ?? words.todo };
}

function sentence(start: string, detail: string): string {
  if (detail === '') return `${start}.`;
  return /[.!?…]$/.test(detail) ? `${start}: ${detail}` : `${start}: ${detail}.`;
}

function status({ httpStatus }: Failure): string {
  return httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`;
}

function spaceOf({ freeBytes, floorBytes }: Failure): string {
  if (freeBytes === undefined || floorBytes === undefined) return '';
  return `: ${formatBytes(freeBytes)} free, floor ${formatBytes(floorBytes)}`;
}

function named({ asked }: Failure): string {
  return asked === undefined ? 'the one asked for' : `"${shorten(asked)}"`;
}

function closeNames({ suggestions = [] }: Failure, otherwise: string): string {
  const names = suggestions.map((name) => `"${shorten(name)}"`);
  const last = names.pop();
  if (last === undefined) return otherwise;
  return `Did you mean ${names.length === 0 ? last : `${names.join(', ')} or ${last}`}? ${otherwise}`;
}

function shorten(text: string): string {
  const clean = cleanText(text).trim();
  const characters = Array.from(clean);
  return characters.length <= longestDetail ? clean : `${characters.slice(0, longestDetail - 1).join('')}…`;
}
