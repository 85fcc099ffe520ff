import { expect, onTestFinished, test } from 'vitest';
import { joinRunner } from '../../source/connection/join-runner.ts';
import { createLateConnection } from '../../source/connection/late-connection.ts';
import { waitFor } from '../helpers/wait-for.ts';
import { serveRunner } from '../runner/served-runner.ts';
import { exampleSnapshot } from '../ui/monitor/example-snapshot.ts';

test('a wish for previews that came before there was a runner reaches it', async () => {
  const runner = await serveRunner();
  const opened = Promise.withResolvers<void>();
  const connection = createLateConnection({
    snapshot: exampleSnapshot(),
    async open() {
      await opened.promise;
      return joinRunner(runner.joining());
    },
  });
  onTestFinished(() => connection.close());
  connection.setPreviewWanted(true);
  expect(connection.getPreview()).toBeNull();
  opened.resolve();
  await waitFor(() => runner.loop.wishCount() === 1);
  runner.loop.showPreview({ generationId: 1, at: 2, bytes: Buffer.from('a picture') });
  await waitFor(() => connection.getPreview()?.at === 2);
});
