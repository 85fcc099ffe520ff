import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkArguments } from '../source/commands/check-arguments.ts';
import { readFlags } from '../source/commands/flags.ts';
import { noAnswer, noRunner, notAllowed } from '../source/connection/join-refusal.ts';
import { otherVersionReason } from '../source/connection/other-version.ts';
import { failurePolicies } from '../source/engine/failure-policy.ts';
import { plainAccess } from '../source/generation/access.ts';
import type { FailureKind } from '../source/generation/failure.ts';
import { type LedgerTroubleKind, ledgerTrouble } from '../source/ledger/ledger-trouble.ts';
import { describeFailure } from '../source/presentation/describe-failure.ts';
import { linkSentences } from '../source/presentation/describe-link.ts';
import { describeRisks } from '../source/presentation/describe-risks.ts';
import { chooseSaving } from '../source/runner/choose-saving.ts';
import { takeRunnerLock } from '../source/runner/runner-lock.ts';
import { readEnvironment } from '../source/settings/environment.ts';
import { readAccess } from '../source/settings/read-access.ts';
import { environmentVariableOf, settingNames } from '../source/settings/setting-names.ts';
import { readSettingsFile } from '../source/settings/settings-file.ts';
import { normaliseUrl } from '../source/webui/address.ts';
import { webUi } from './engine/fake-world.ts';
import { tempDirectoryInTest } from './helpers/temp-directory-in-test.ts';

/** A whole sentence, or several. */
const isSentence = /^[A-Z`"-].{12,}[.?:)\w`-]$/s;

/**
 * A step that somebody can take: a word that asks for it, a command or an option to write, or what a value must be. A message that only
 * complains has none of them.
 */
const asksForSomething =
  /`|--[a-z]|must be|needs a value|did you mean|\b(?:start|give|set|end|join|choose|put|make|free|check|see|try|change|update|move|write|use|leave|quote|press|begins|starts|restarts?|are used|is ignored|nothing to do)\b/i;

const url = 'http://gpu-box:7860';

const everyKind = Object.keys(failurePolicies) as FailureKind[];

const everyLedgerTrouble: Record<LedgerTroubleKind, true> = {
  absent: true,
  locked: true,
  'disk-full': true,
  unreachable: true,
  newer: true,
  broken: true,
};

const runner = { pid: 7, socketPath: '/run/sdloop/default.sock', version: '1.0.0', startedAt: 0 };

function failures(): string[] {
  return everyKind.flatMap((kind) =>
    [true, false].map((willRetry) => {
      const { what, todo } = describeFailure({ kind, detail: 'it said so' }, { url, willRetry });
      return `${what} ${todo}`;
    }),
  );
}

function addresses(): string[] {
  return ['', 'ftp://box', 'http://', 'http://%zz:x@box', 'a b'].map((text) => {
    const reading = normaliseUrl(text);
    return reading.ok ? `${text} is an address` : reading.reason;
  });
}

/** A value that no setting takes, for each that can be wrong. */
function settings(): string[] {
  const wrong = ['', '\u0000', 'nonsense value', '-1'];
  return settingNames.flatMap((name) =>
    wrong.flatMap((value) => {
      const reading = readEnvironment({ [environmentVariableOf(name)]: value });
      return reading.ok ? [] : [reading.message];
    }),
  );
}

function accesses(): string[] {
  const directory = tempDirectoryInTest();
  const file = (name: string, text: string, mode: number) => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode });
    return path;
  };
  const readings = [
    readAccess({ authFile: file('open', 'me:x', 0o644) }),
    readAccess({ authFile: file('empty', '', 0o600) }),
    readAccess({ authFile: file('large', 'x'.repeat(100_000), 0o600) }),
    readAccess({ authFile: directory }),
    readAccess({ authFile: join(directory, 'none') }),
    readAccess({ caFile: join(directory, 'none') }),
    readAccess({ caFile: file('ca', 'x', 0o600) }),
    readAccess({ clientCert: join(directory, 'none') }),
    readAccess({ clientCert: file('cert', 'x', 0o600) }),
    readAccess({ clientKey: file('key', 'x', 0o600) }),
    readAccess({ auth: 'me:x', token: 'x' }),
  ];
  return readings.map((reading) => (reading.ok ? 'it was taken' : reading.message));
}

function commandLines(): string[] {
  const lines = [
    ['stauts'],
    ['nonsense'],
    ['--stpes=3'],
    ['--nonsense'],
    ['status', '--url=x'],
    ['--steps'],
    ['--demo=yes'],
    ['--steps=1', '--steps=2'],
    ['run', 'a', 'lighthouse'],
  ];
  const wrongFlags = [{ family: 'x' }, { count: '0' }, { port: '-1' }, { profile: '../x' }, { save: 'x' }];
  return [
    ...lines.map((line) => {
      const check = checkArguments(line);
      return check.ok ? `${line.join(' ')} was taken` : check.message;
    }),
    ...wrongFlags.map((flags) => {
      const reading = readFlags(flags);
      return reading.ok ? 'the flags were taken' : reading.message;
    }),
  ];
}

function runners(): string[] {
  const directory = tempDirectoryInTest();
  const first = takeRunnerLock(directory);
  const locks = [takeRunnerLock(directory), takeRunnerLock(join(directory, 'none'))];
  if (first.ok) first.lock.release();
  return [
    ...[noRunner, noAnswer(runner), notAllowed(runner.socketPath, 'it is open to other users')].map(
      ({ reason }) => reason,
    ),
    otherVersionReason({ runner: '1.0.0', screen: '2.0.0' }),
    ...locks.map((lock) => (lock.ok ? 'it was taken twice' : lock.reason)),
    ...linkSentences({ kind: 'lost', at: 0 }, 'watching'),
    ...linkSentences({ kind: 'lost', at: 0 }, 'setting-up'),
  ];
}

function savings(): string[] {
  const preference = { choice: 'server', workingDirectory: '/' } as const;
  return [
    chooseSaving(
      { ...webUi, canSave: true, outputDirectory: null },
      { ...preference, outputDirectory: null },
    ),
    chooseSaving({ ...webUi, canSave: true }, { ...preference, outputDirectory: '/not/here/at-all' }),
  ].map((result) => {
    if (result.ok) return 'it was taken';
    const { what, todo } = describeFailure(result.failure, { url });
    return `${what} ${todo}`;
  });
}

function settingsFiles(): string[] {
  const directory = tempDirectoryInTest();
  const broken = join(directory, 'broken.json');
  const wrong = join(directory, 'wrong.json');
  writeFileSync(broken, '{');
  writeFileSync(wrong, '{"settings":{"steps":0}}');
  return [broken, wrong, directory].flatMap((path) => readSettingsFile(path).notices);
}

test.each([
  ['every failure', failures],
  ['an address', addresses],
  ['a setting', settings],
  ['credentials and certificates', accesses],
  ['a command line', commandLines],
  ['the runner', runners],
  ['the place for images', savings],
  ['the settings file', settingsFiles],
  [
    'the ledger',
    () =>
      Object.keys(everyLedgerTrouble).map(
        (kind) => ledgerTrouble(kind as LedgerTroubleKind, '/home/me/ledger.sqlite', 'it said so').message,
      ),
  ],
  [
    'risks',
    () =>
      describeRisks({ url, auth: 'me:x' }, false).concat(
        describeRisks(
          { url: 'https://gpu-box', auth: null, access: { ...plainAccess, isInsecure: true } },
          true,
        ),
      ),
  ],
])('%s: each message says what happened and what to do', (_, collect) => {
  const messages = collect();
  expect(messages.length).toBeGreaterThan(1);
  expect(messages.filter((message) => !isSentence.test(message))).toEqual([]);
  expect(messages.filter((message) => !asksForSomething.test(message))).toEqual([]);
});
