import { basename } from 'node:path';
import { canMakeThumbnails, makeThumbnail } from '../gallery/make-thumbnail.ts';
import { formatBytes } from '../presentation/byte-counts.ts';
import { imagePageFoot, imagePageHead, imagePageItem } from '../presentation/image-page.ts';
import { formatCounted } from '../presentation/numbers.ts';
import { exitCode } from './exit-code.ts';
import type { ListedImage } from './list-images.ts';
import type { Output } from './output.ts';
import { writeAside } from './write-aside.ts';

/** Pixels; about 10 kB each. */
const thumbnailSide = 320;

const usualLimit = 500;

/** A page beyond this is slow to fetch over a forwarded port and to show, bytes. */
const mostBytes = 48_000_000;

/** Pictures decoded at a time. */
const atOnce = 4;

/** Writes one page with the images, smaller, and what made them. */
export async function writeImagePage(
  images: AsyncIterable<ListedImage> | Iterable<ListedImage>,
  { output, path, limit }: { readonly output: Output; readonly path: string; readonly limit: number | null },
): Promise<{ readonly count: number; readonly code: number }> {
  if (!(await canMakeThumbnails())) {
    output.fail(
      'no-sharp',
      'The pictures of a page are drawn with sharp, which cannot be loaded: install sdloop again.',
    );
    return { count: 1, code: exitCode.error };
  }
  const parts: string[] = [];
  let byteCount = 0;
  let wantedCount = 0;
  const mostCount = limit ?? usualLimit;
  let waiting: ListedImage[] = [];
  const draw = async () => {
    const items = await Promise.all(
      waiting.map(async (image) =>
        imagePageItem({
          ...image,
          name: basename(image.path),
          thumbnail: await makeThumbnail(image.path, thumbnailSide),
        }),
      ),
    );
    waiting = [];
    for (const item of items) {
      if (byteCount + item.length > mostBytes) continue;
      parts.push(item);
      byteCount += item.length;
    }
  };
  for await (const image of images) {
    wantedCount += 1;
    if (wantedCount > mostCount || byteCount > mostBytes * 0.98) break;
    waiting.push(image);
    if (waiting.length === atOnce) await draw();
  }
  await draw();
  if (parts.length === 0) return { count: 0, code: exitCode.done };
  const hasMore = wantedCount > parts.length;
  const leftOut = hasMore ? 'Older ones are left out: --limit takes more, up to 48 MB.' : null;
  const at = Date.now();
  const title = `sdloop: ${formatCounted(parts.length, 'image')}`;
  const page = [imagePageHead({ title, at }), ...parts, imagePageFoot({ count: parts.length, leftOut })].join(
    '',
  );
  const failure = await writeAside(path, page);
  if (failure !== null) {
    const reason = failure.kind === 'disk-full' ? `${path}: the disk is full` : failure.detail;
    output.fail('file', `The page cannot be written to ${reason}. Name another file.`);
    return { count: parts.length, code: exitCode.error };
  }
  const more = leftOut === null ? '' : ` ${leftOut}`;
  output.say(
    `${formatCounted(parts.length, 'image')} in ${path} (${formatBytes(Buffer.byteLength(page))}).${more}`,
  );
  return { count: parts.length, code: exitCode.done };
}
