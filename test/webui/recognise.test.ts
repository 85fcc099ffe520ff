import { expect, test } from 'vitest';
import { type DemoFamilyName, demoFamilyNames } from '../../source/demo/family-names.ts';
import type { Family } from '../../source/generation/family.ts';
import { startWebUi } from '../demo/webui-fixture.ts';
import { openClient } from './scripted-server.ts';

function familyOf(name: DemoFamilyName): Family {
  return name === 'a1111-1.8' ? 'a1111' : name;
}

test.each(demoFamilyNames)('%s, as the built-in WebUI plays it, is recognised', async (name) => {
  const webUi = await startWebUi({ family: name });
  const probed = await openClient(webUi.url).probe();
  expect(probed).toMatchObject({ ok: true, value: { family: familyOf(name) } });
  const isImitation = name === 'koboldcpp' || name === 'sd-cpp';
  expect(probed).toMatchObject({
    value: {
      canSave: !isImitation,
      hasProgress: !isImitation,
      hasSkip: !isImitation,
      outputDirectory: isImitation ? null : expect.stringContaining(`${webUi.dataDirectory}/outputs/`),
      maxInFlight: isImitation || name === 'sdnext' ? 1 : 2,
    },
  });
});
