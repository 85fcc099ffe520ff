import { type Ending, usualEnding } from './ending.ts';
import { makeTempDirectory } from './temp-directory.ts';

/** The path of an empty directory that goes away when the running test ends. */
export function tempDirectoryInTest({ onTestFinished }: Ending = usualEnding): string {
  const directory = makeTempDirectory();
  onTestFinished(() => directory[Symbol.dispose]());
  return directory.path;
}
