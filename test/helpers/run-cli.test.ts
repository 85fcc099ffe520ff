import { expect, onTestFinished, test } from 'vitest';
import { type CliOptions, type CliProcess, startProgram } from './run-cli.ts';

function shell(script: string, options: CliOptions = {}): CliProcess {
  const program = startProgram('/bin/sh', ['-c', script], options);
  onTestFinished(async () => program[Symbol.asyncDispose]());
  return program;
}

test('collects both outputs and how it ended', async () => {
  expect(await shell('echo one; printf two; echo three >&2; exit 4').ended).toEqual({
    code: 4,
    signal: null,
    stdout: 'one\ntwo',
    stderr: 'three\n',
  });
});

test('waits for a line that is there or still to come', async () => {
  const program = shell('echo ready; while read -r line; do echo "got $line"; done');
  await program.waitForLine((line) => line === 'ready');
  program.write('a b\n');
  expect(await program.waitForLine((line) => line.startsWith('got'))).toBe('got a b');
  expect(await program.waitForLine((line) => line === 'ready')).toBe('ready');
  program.closeInput();
  await expect(program.waitForLine((line) => line === 'never')).rejects.toThrow(
    /ended without[\s\S]*got a b/,
  );
});

test('says which signal ended it', async () => {
  const program = shell('echo ready; exec cat');
  await program.waitForLine((line) => line === 'ready');
  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
});

test('a program that cannot be started is an error', async () => {
  const program = startProgram('/nowhere/at-all', []);
  onTestFinished(async () => program[Symbol.asyncDispose]());
  await expect(program.ended).rejects.toThrow('ENOENT');
});
