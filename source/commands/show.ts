import { readImageFile } from '../gallery/read-image-header.ts';
import { defaultByteBudget } from '../pictures/byte-budget.ts';
import { detectPictureTerminal } from '../pictures/detect-picture-terminal.ts';
import { createPictureMaker, type PictureMaker } from '../pictures/make-picture.ts';
import type { PictureTerminal } from '../pictures/picture-protocol.ts';
import { goneFile, troubleWithFile } from '../pictures/read-picture-file.ts';
import { cleanText } from '../presentation/clean-text.ts';
import { picturesDirectory } from '../settings/directories.ts';
import { terminalAbilities } from '../settings/terminal-abilities.ts';
import { exitCode } from './exit-code.ts';
import type { Invocation } from './invocation.ts';
import { openAllSettings } from './open-settings.ts';
import { inlinePicture } from './print/inline-picture.ts';
import { jsonLine } from './print/json-line.ts';
import { type ShownFile, shownFileEvent, shownFileWords } from './print/shown-file.ts';

/** A person waits for one picture, and for no screen behind it. */
const patienceMs = 1000;

const mostRows = 24;

/** One picture that was asked for may be finer than the many of a screen, on a line that is quick. */
const quickBudget = 4 * defaultByteBudget;
const quickRoundTripMs = 50;

/** `sdloop show FILE...`: pictures where there is a terminal, and their infotexts. */
export async function perform(invocation: Invocation): Promise<number> {
  const { input, environment, output } = invocation;
  if (input.length === 0) {
    output.fail('usage', 'Name a picture: sdloop show FILE.');
    return exitCode.wrongUsage;
  }
  const opened = openAllSettings(invocation, { followsLastUsed: false });
  if (!opened.ok) return opened.code;
  const { stdin, stdout } = process;
  const isForPeople = stdout.isTTY === true && !output.isJson;
  const terminal = isForPeople
    ? await detectPictureTerminal({
        stdin,
        stdout,
        environment,
        choice: opened.settings.pictures,
        patienceMs,
      })
    : null;
  const maker = terminal && makerFor(terminal, invocation);
  let code: number = exitCode.done;
  for (const path of input) {
    if (!(await show(path, invocation, maker))) code = exitCode.error;
    if (output.isBehind()) await output.whenLevel();
    if (output.readerGone.aborted) return exitCode.error;
  }
  maker?.close();
  return code;
}

function makerFor(terminal: PictureTerminal, { environment }: Invocation): PictureMaker | null {
  const { hasUnicode } = terminalAbilities(environment, process.stdout, 'auto');
  if (terminal.protocol === 'off' || (terminal.protocol === 'blocks' && !hasUnicode)) return null;
  const isQuick = (terminal.roundTripMs ?? Number.POSITIVE_INFINITY) < quickRoundTripMs;
  return createPictureMaker({
    terminal,
    cacheDirectory: picturesDirectory(environment),
    byteBudget: isQuick ? quickBudget : defaultByteBudget,
  });
}

/** Whether the file is a whole picture; what is wrong with it has been said otherwise. */
async function show(
  path: string,
  { input, output }: Invocation,
  maker: PictureMaker | null,
): Promise<boolean> {
  const trouble = await troubleWithFile(path);
  const file = trouble === null ? await readImageFile(path) : null;
  if (file?.header == null) {
    const words = `${path}: ${trouble ?? 'not a PNG, JPEG or WebP picture'}.`;
    output.fail('file', cleanText(trouble === goneFile ? `There is no file ${path}.` : words));
    return false;
  }
  const { header, byteCount, savedAt } = file;
  const shown: ShownFile = { path, header, byteCount, savedAt };
  if (output.isJson) {
    output.print(jsonLine(shownFileEvent(shown)));
    return header.isComplete;
  }
  const columns = maker === null ? null : process.stdout.columns || 80;
  if (input.length > 1) output.print(cleanText(path));
  let isWhole = header.isComplete;
  if (maker !== null && columns !== null) {
    const rows = Math.min(mostRows, Math.max(1, (process.stdout.rows || mostRows) - 2));
    const picture = await maker.make(path, { columns, rows });
    if ('reason' in picture) {
      output.say(`No picture: ${picture.reason}.`);
      isWhole = false;
    } else output.print(inlinePicture(picture));
  } else if (!isWhole) output.say(`${cleanText(path)}: cut short.`);
  if (header.infotext === null) output.say(`${cleanText(path)} has no infotext.`);
  else
    for (const line of shownFileWords(
      header.infotext,
      process.stdout.isTTY ? process.stdout.columns || 80 : null,
    ))
      output.print(line);
  return isWhole;
}
