import type { Failure, Result } from '../../source/generation/failure.ts';
import type { WebUi } from '../../source/generation/webui.ts';
import { cleanText } from '../../source/presentation/clean-text.ts';
import { describeFailure } from '../../source/presentation/describe-failure.ts';
import { describeLacks } from '../../source/presentation/webui-limits.ts';
import type { WebUiClient } from '../../source/webui/client.ts';
import { createWebUiClient } from '../../source/webui/create-webui-client.ts';
import { randomFrom } from '../engine/fake-world.ts';
import type { Capture } from '../webui/capture.ts';
import { sampleGeneration } from '../webui/sample-generation.ts';
import { type Corpus, readCorpora } from './corpus.ts';
import { type Findings, newFindings, unsafeForTerminals } from './findings.ts';
import { type Chance, pick } from './mutate.ts';
import { mutateAnswer, plainAnswer, type WireAnswer } from './mutate-answer.ts';
import { inOwnTime, watchLoop } from './watch-loop.ts';
import { startWireServer } from './wire-server.ts';

/** Clients at a time: most of them wait. */
const clientsAtOnce = 24;

/** Longest that a question may take, ms; the deadline itself is 250 ms. */
const boundMs = 2000;

/** Longest that the client may compute without a break, ms of the processor, with all its neighbours. */
const longestStretchMs = 1000;

/** Asks the real client everything, over real HTTP, until it was given so many mutated answers. */
export async function fuzzAnswers(answerCount: number, seed: number): Promise<Findings> {
  const findings = newFindings();
  const corpora = await readCorpora();
  const worlds = new Map<string, (request: string) => WireAnswer>();
  await using server = await startWireServer((request) => {
    const [, world = '', path = ''] = /^\w+ (\/w\d+)(\S*)/.exec(request) ?? [];
    const method = request.split(' ')[0];
    return worlds.get(world)?.(`${method} ${path.replace(/\?.*/, '')}`) ?? notFound;
  });
  using watch = watchLoop();
  let index = 0;
  async function takeWorlds(): Promise<void> {
    while (findings.inputCount < answerCount) {
      const number = index++;
      const path = `/w${number}`;
      const chance = randomFrom(seed + number);
      worlds.set(path, answersOf(pick(corpora, chance), chance, findings));
      await askAll(server.url + path, chance, findings, `world ${seed + number}`);
      worlds.delete(path);
    }
  }
  await Promise.all(Array.from({ length: clientsAtOnce }, takeWorlds));
  const stretchMs = watch.longestMs();
  if (stretchMs > longestStretchMs) findings.add(`some answer took ${Math.round(stretchMs)} ms to read`);
  return findings;
}

const unknown: Capture = {
  request: '',
  sent: '',
  status: 404,
  contentType: 'application/json',
  body: '{"detail":"Not Found"}',
  imageSizes: [],
};

const notFound = plainAnswer(unknown);

/** A world that is sound here and there, so that what comes behind the first question is reached. */
function answersOf({ answers }: Corpus, chance: Chance, findings: Findings): (request: string) => WireAnswer {
  const share = pick([0.1, 0.3, 1], chance);
  return (request) => {
    const capture = pick(answers.get(request) ?? [unknown], chance);
    if (chance() > share) return plainAnswer(capture);
    findings.inputCount += 1;
    return mutateAnswer(capture, chance);
  };
}

async function askAll(url: string, chance: Chance, findings: Findings, world: string): Promise<void> {
  const client = createWebUiClient({
    url,
    auth: null,
    answerTimeoutMs: 250,
    refreshTimeoutMs: 250,
    listByteLimit: 2 ** 20,
    imagesByteLimit: 2 ** 20,
  });
  // One that it lists, if it does: then it is compared with the answer's.
  let checkpoint = sampleGeneration().checkpoint;
  try {
    for (const [name, ask] of questions(client, () => checkpoint, chance)) {
      const startedAt = performance.now();
      const answered = new AbortController();
      try {
        const result = await Promise.race([ask(), inOwnTime(boundMs, answered.signal)]);
        if (result === null) {
          findings.add(`${world}, ${name}: no result within ${boundMs} ms`);
          continue;
        }
        for (const flaw of flawsOf(result)) findings.add(`${world}, ${name}: ${flaw}`);
        if (result.ok && isWebUi(result.value)) checkpoint = result.value.checkpoints[0]?.title ?? checkpoint;
        findings.count(result.ok ? 'ok' : result.failure.kind);
      } catch (error) {
        findings.add(`${world}, ${name}: ${error instanceof Error ? error.stack : error}`);
      } finally {
        answered.abort();
      }
      findings.took(performance.now() - startedAt);
    }
  } finally {
    await client.close();
  }
}

function questions(
  client: WebUiClient,
  checkpoint: () => string,
  chance: Chance,
): [name: string, ask: () => Promise<Result<unknown>>][] {
  const generate = (saving: 'server' | 'client') => () =>
    client.generate(sampleGeneration({ batchSize: 2 }, { checkpoint: checkpoint() }), {
      saving,
      signal: AbortSignal.timeout(300),
    });
  const deeds: [string, () => Promise<Result<unknown>>][] = [
    ['generate, sent', generate('client')],
    ['generate, saved', generate('server')],
    ['readProgress', client.readProgress],
    ['readPreview', client.readPreview],
    ['readMemory', client.readMemory],
    ['interrupt', client.interrupt],
    ['skip', client.skip],
    ['refreshCheckpoints', client.refreshCheckpoints],
  ];
  // Those that hold a client up the longest come less often.
  return [['probe', () => client.probe()], ...deeds.filter(() => chance() < 0.7)];
}

function flawsOf(result: Result<unknown>): string[] {
  return result.ok ? flawsOfWebUi(result.value) : flawsOfFailure(result.failure);
}

function flawsOfFailure(failure: Failure): string[] {
  const { what, todo } = describeFailure(failure, { url: 'http://127.0.0.1:7860' });
  return [
    ...(failure.detail.length > 500 ? [`a detail of ${failure.detail.length} characters`] : []),
    ...(unsafeForTerminals.test(what + todo) ? ['a control character in what a person reads'] : []),
  ];
}

function flawsOfWebUi(value: unknown): string[] {
  if (!isWebUi(value)) return [];
  const names = [...value.samplers, ...value.schedulers, ...value.checkpoints.map(({ title }) => title)];
  const shown = [describeLacks(value), ...names.map(cleanText)].join('');
  const directory = value.outputDirectory ?? '';
  return [
    ...(unsafeForTerminals.test(shown) ? ['a control character in what a person reads'] : []),
    ...(/\p{Control}/u.test(directory) || directory.length > 4096 ? ['no directory that can exist'] : []),
  ];
}

function isWebUi(value: unknown): value is WebUi {
  return typeof value === 'object' && value !== null && 'samplers' in value;
}
