/** Expected trouble, by what must be done about it; the words are in `presentation/describe-failure.ts`. */
export type FailureKind =
  /** Nothing listens at the address, or the network does not lead there. */
  | 'unreachable'
  /** Something listens, but the API is not there yet (404 soon after a refusal, 503). */
  | 'starting'
  /** It answers, and is a WebUI whose `/sdapi` is switched off. */
  | 'api-off'
  /** It answers, but not as a WebUI does. */
  | 'not-a-webui'
  | 'unauthorised'
  | 'no-checkpoint'
  | 'unknown-checkpoint'
  | 'unknown-sampler'
  | 'unknown-scheduler'
  /** 400 or 422: the WebUI refuses the values. */
  | 'rejected'
  | 'out-of-memory'
  | 'nan'
  /** An image came out entirely black. */
  | 'black-image'
  | 'busy'
  | 'rate-limited'
  /** Any other 5xx. */
  | 'server-error'
  /** The connection ended before the answer was complete. */
  | 'connection-lost'
  /** Not JSON, truncated, or of another shape than the API's. */
  | 'invalid-answer'
  | 'answer-too-large'
  /** The answer names another checkpoint than the one asked for. */
  | 'wrong-checkpoint'
  /** The answer came, but fewer images than asked for could be found or were sent. */
  | 'images-missing'
  /** It answered without an image, and has made none. */
  | 'no-images'
  /** It answers, but makes no step any more. */
  | 'hung'
  | 'disk-full'
  /** Less is free than the person wants to be left. */
  | 'low-space'
  /** The WebUI was to be restarted, and does not answer after it. */
  | 'restart-failed'
  /** The memory of the WebUI's machine is nearly full. */
  | 'memory-low'
  | 'directory-unwritable';

/** The detail of an `unreachable` WebUI whose machine takes connections: it may be at work, or loading. */
export const silence = 'no answer in time';

export type Failure = {
  readonly kind: FailureKind;
  /** Outside words (a server's error text, a field path, a path on disk), uncleaned and without secrets; may be empty. */
  readonly detail: string;
  readonly httpStatus?: number;
  /** For the unknown-* kinds: what was asked for, and the closest names there are. */
  readonly asked?: string;
  readonly suggestions?: readonly string[];
  /** Whether the WebUI may have done the work all the same: then look for the images before sending again. */
  readonly mayHaveRun?: boolean;
  /** Whether it was concluded from signs that the detail names, since the server does not say it. */
  readonly isLikely?: boolean;
  /** Of `unauthorised`: whether it is a client certificate that is asked for, and not who we say that we are. */
  readonly isAboutCertificate?: boolean;
  /** Where the server says so (429, 503), ms. */
  readonly retryAfterMs?: number;
  /** Of `low-space`: bytes free on the disk, and the floor. */
  readonly freeBytes?: number;
  readonly floorBytes?: number;
};

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };
