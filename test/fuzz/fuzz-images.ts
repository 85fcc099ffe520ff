import { sourceOfBytes } from '../../source/gallery/byte-source.ts';
import { findDefect } from '../../source/gallery/find-defect.ts';
import { seedInInfotext } from '../../source/gallery/infotext-seed.ts';
import { readHeaderOf } from '../../source/gallery/read-image-header.ts';
import { parseInfotext } from '../../source/generation/infotext.ts';
import { cleanLines, cleanText } from '../../source/presentation/clean-text.ts';
import { decodeImage } from '../../source/webui/decode-image.ts';
import { randomFrom } from '../engine/fake-world.ts';
import {
  compressed,
  exifWithComment,
  infotextOf,
  makeInfotextPng,
  makeJpeg,
  makePng,
  makeWebp,
  withChunk,
} from '../gallery/helpers/pictures.ts';
import { type Findings, newFindings, unsafeForTerminals } from './findings.ts';
import { hostileText, mutateBytes, pick } from './mutate.ts';

/** Longest that one file may take, ms, on a busy machine. */
const boundMs = 3000;

/** Most bytes that reading a header may ask for beside the text in it. */
const mostHeaderReads = 1 << 21;

/** Reads so many mutated image files and infotexts with everything that reads such. */
export async function fuzzImages(fileCount: number, seed: number): Promise<Findings> {
  const findings = newFindings();
  const files = await exampleFiles();
  const texts = [
    '',
    infotextOf(7),
    infotextOf(7, hostileText),
    `x\nSteps: 1, A: "${'\\"'.repeat(50)}", Seed: 3`,
  ];
  for (; findings.inputCount < fileCount; findings.inputCount++) {
    const chance = randomFrom(seed + findings.inputCount);
    const name = `input ${seed + findings.inputCount}`;
    const startedAt = performance.now();
    try {
      if (chance() < 0.75) {
        const bytes = mutateBytes(pick(files, chance), chance);
        findings.count(await readFile(bytes, findings, name));
      } else {
        const bytes = mutateBytes(Buffer.from(pick(texts, chance)), chance);
        readText(bytes.toString(chance() < 0.5 ? 'utf8' : 'utf16le'), findings, name);
        findings.count('infotext');
      }
    } catch (error) {
      findings.add(`${name}: ${error instanceof Error ? error.stack : error}`);
    }
    const ms = performance.now() - startedAt;
    findings.took(ms);
    if (ms > boundMs) findings.add(`${name}: took ${Math.round(ms)} ms`);
  }
  return findings;
}

/** A file of each kind that carries an infotext, in each way of carrying it. */
async function exampleFiles(): Promise<Buffer[]> {
  const text = infotextOf(7, `猫 ${hostileText}`);
  const png = await makePng();
  const international = (flag: number, data: Buffer) =>
    Buffer.concat([Buffer.from(`parameters\0${String.fromCharCode(flag)}\0zh\0\0`, 'latin1'), data]);
  return [
    await makeInfotextPng(7),
    withChunk(png, 'iTXt', international(0, Buffer.from(text))),
    withChunk(png, 'iTXt', international(1, compressed(text))),
    withChunk(png, 'zTXt', Buffer.concat([Buffer.from('parameters\0\0'), compressed(text)])),
    withChunk(png, 'zTXt', Buffer.concat([Buffer.from('parameters\0\0'), compressed(Buffer.alloc(1 << 23))])),
    withChunk(png, 'eXIf', exifWithComment(text)),
    await makeJpeg(exifWithComment(text)),
    await makeWebp(exifWithComment(text)),
    await makeJpeg(exifWithComment(text, { isLittleEndianText: true })),
  ];
}

async function readFile(bytes: Buffer, findings: Findings, name: string): Promise<string> {
  const source = sourceOfBytes(bytes);
  let readCount = 0;
  const header = await readHeaderOf({
    byteCount: source.byteCount,
    read(offset, length) {
      readCount += Math.max(0, Math.min(length, source.byteCount - offset));
      return source.read(offset, length);
    },
  });
  if (readCount > bytes.length + mostHeaderReads)
    findings.add(`${name}: ${readCount} bytes read for a header`);
  const defect = await findDefect(bytes);
  decodeImage(bytes.toString('base64'));
  if (header === null) return 'no image';
  const { width, height, infotext } = header;
  if (!(width >= 1 && height >= 1)) findings.add(`${name}: an image of ${width}x${height}`);
  if (infotext !== null) readText(infotext, findings, name);
  return defect ?? 'sound';
}

function readText(text: string, findings: Findings, name: string): void {
  seedInInfotext(text);
  const { prompt, negativePrompt, others, ...rest } = parseInfotext(text);
  const values = Object.values(rest).map(String);
  const shown = [...values, ...[...others].flat(), cleanLines(prompt), cleanLines(negativePrompt)];
  if (unsafeForTerminals.test(shown.map(cleanText).join('')))
    findings.add(`${name}: a control character is left`);
}
