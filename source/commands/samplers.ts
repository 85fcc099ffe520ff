import { cleanText } from '../presentation/clean-text.ts';
import { askWebUi } from './ask-webui.ts';
import type { Invocation } from './invocation.ts';
import type { Output } from './output.ts';
import { jsonLine } from './print/json-line.ts';
import type { Paint } from './print/paint.ts';

/** `sdloop samplers`: samplers, then schedulers, a name a line. */
export async function perform(invocation: Invocation): Promise<number> {
  const { output } = invocation;
  return await askWebUi(invocation, ({ samplers, schedulers }, paint) => {
    list(output, paint, 'sampler', samplers);
    list(output, paint, 'scheduler', schedulers);
  });
}

function list(output: Output, paint: Paint, type: 'sampler' | 'scheduler', names: readonly string[]): void {
  const at = Date.now();
  if (!output.isJson && names.length > 0)
    output.print(paint('bold', type === 'sampler' ? 'Samplers' : 'Schedulers'));
  for (const name of names) {
    output.print(output.isJson ? jsonLine({ type, at, name }) : `  ${cleanText(name)}`);
  }
}
