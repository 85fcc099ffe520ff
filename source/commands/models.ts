import type { Checkpoint } from '../generation/checkpoint.ts';
import type { WebUi } from '../generation/webui.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { askWebUi } from './ask-webui.ts';
import type { Invocation } from './invocation.ts';
import { jsonLine } from './print/json-line.ts';

/** `sdloop models`: a checkpoint a line, the selected one marked. */
export async function perform(invocation: Invocation): Promise<number> {
  const { output } = invocation;
  return await askWebUi(invocation, (webUi, paint) => {
    const at = Date.now();
    for (const checkpoint of webUi.checkpoints) {
      const title = cleanText(checkpoint.title);
      const isSelected = isSelectedIn(webUi, checkpoint);
      if (output.isJson) output.print(jsonLine({ type: 'model', at, ...checkpoint, isSelected }));
      else output.print(isSelected ? paint('bold', `* ${title}`) : `  ${title}`);
    }
    if (webUi.checkpoints.length === 0) {
      output.say(
        'The WebUI has no checkpoint. Put a .safetensors file into its models/Stable-diffusion folder.',
      );
    }
  });
}

/** The options hold a title or a name, with or without the hash that was not known yet when it was chosen. */
function isSelectedIn({ selectedCheckpoint }: WebUi, { title, name }: Checkpoint): boolean {
  if (selectedCheckpoint === null) return false;
  const bare = withoutHash(selectedCheckpoint);
  return [title, withoutHash(title), name].some((label) => label === selectedCheckpoint || label === bare);
}

function withoutHash(title: string): string {
  return title.replace(/ \[[0-9a-f]+\]$/i, '');
}
