/** What the loop does about a failure besides waiting and trying again. */
export type Measure =
  /** The WebUI lets go of its memory and takes the checkpoint in again. */
  | { readonly kind: 'free-memory' }
  | { readonly kind: 'smaller-batch'; readonly batchSize: number }
  /** Pixels. */
  | { readonly kind: 'smaller-size'; readonly width: number; readonly height: number }
  /** The WebUI hangs: it is asked to end what runs. */
  | { readonly kind: 'interrupt' }
  /** The WebUI hangs: the connection is dropped, and its images are looked for. */
  | { readonly kind: 'reconnect' }
  /** The WebUI does not restart itself: the command that a person gave is run. */
  | { readonly kind: 'restart-command' }
  /** The generation after this one makes others in place of its images. */
  | { readonly kind: 'next-generation' };
