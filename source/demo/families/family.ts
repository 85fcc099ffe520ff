import type { SizeRule } from '../../generation/generation-limits.ts';
import type { GenerationFacts } from '../generation-info.ts';
import type { InfotextParts } from '../infotext.ts';
import type { RawBody } from '../json-body.ts';
import type { Machine, ServerStart } from '../machine.ts';
import type { PythonError, Reply } from '../reply.ts';
import type { Routes } from '../routes.ts';
import type { Sampling } from '../samplers.ts';
import type { Txt2ImgRequest } from '../txt2img-request.ts';

/** A request as it is understood, and what the answer repeats of it; or the answer that refuses it. */
export type RequestReading =
  | { readonly request: Txt2ImgRequest; readonly echo: unknown }
  | { readonly reply: Reply };

/** How a family takes requests and words its answers; one file for each. */
export type DemoFamily = {
  /** Whether only the first checkpoint is there, loaded at the start. */
  readonly hasOneCheckpoint: boolean;
  /** The settings that it begins with. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Whether a setting that it does not have is an error (KeyError). */
  readonly isStrictAboutOptions: boolean;
  /** Everything that it answers, apart from the demo's own control path. */
  routes(machine: Machine, start: ServerStart): Routes;
  readonly manners: Manners;
  /** The fields of txt2img in `/openapi.json`, which comes with A1111's page; null where there is neither. */
  readonly fieldNames: readonly string[] | null;
  readRequest(body: RawBody, machine: Pick<Machine, 'clock' | 'chance' | 'family'>): RequestReading;
  resolveSampling(samplerName: string, schedulerName: string | null): Sampling;
  readonly sizeRule: SizeRule;
  /** More requests than this, unanswered at once, are turned away as busy. */
  readonly maxOutstanding: number;
  /** What the progress calls a running request. */
  readonly jobName: string;
  /** What is written into a picture. */
  infotext(parts: InfotextParts): string;
  info(facts: GenerationFacts): Record<string, unknown>;
  /** The JSON of a generation's answer. */
  answer(made: {
    readonly images: readonly string[];
    readonly info: Record<string, unknown>;
    readonly echo: unknown;
  }): unknown;
  /** The answer to a generation that raised an exception. */
  failure(error: PythonError, machine: Machine): Reply;
  /** Whether the state goes back to idle after such an exception. */
  endsAfter(error: PythonError): boolean;
  /** Numbered above the highest number in the folder and renamed into place; or counted since the start, and written in place. */
  readonly saving: 'numbered' | 'counted' | 'never';
  /** Whether the checkpoint before an overridden one is loaded again at once. */
  readonly reloadsAfterOverride: boolean;
};

/** How a server behaves at the level of HTTP. */
export type Manners = {
  /** Whether a path is also known with something before it and a slash behind. */
  readonly isLaxAboutPaths: boolean;
  /** The answer to an unknown path. */
  unknownPath(verb: string, machine: Machine): Reply | Promise<Reply>;
  /** The answer to a known path with another verb than its own. */
  wrongVerb(verbs: readonly string[], verb: string, machine: Machine): Reply | Promise<Reply>;
  /** The answer to a request that is refused with a reason. */
  refuse(status: number, detail: string): Reply;
  /** The complaint about missing and about wrong credentials; null where nobody is asked for any. */
  readonly complaints: { readonly missing: string; readonly wrong: string } | null;
  /** Headers of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it speaks HTTP/1.0 and closes the connection after each answer. */
  readonly isHttp10: boolean;
};
