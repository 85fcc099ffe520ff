import { onTestFinished, type TestContext } from 'vitest';

/** What ends with a test is told here: a concurrent test's own context, since only that knows which of them it is. */
export type Ending = Pick<TestContext, 'onTestFinished'>;

/** Of a test that runs alone in its file. */
export const usualEnding: Ending = { onTestFinished };
