import type { ListedImage } from './list-images.ts';
import type { Output } from './output.ts';
import { imageTsv, tsvHeader } from './print/image-tsv.ts';
import { jsonLine } from './print/json-line.ts';
import { imageEvent, imageWords } from './print/listed-image.ts';

/** Prints images as they come, no faster than they are read; resolves to how many were printed once there are no more or nobody reads. */
export async function tellImages(
  images: AsyncIterable<ListedImage> | Iterable<ListedImage>,
  {
    output,
    isTsv,
    limit,
  }: { readonly output: Output; readonly isTsv: boolean; readonly limit: number | null },
): Promise<number> {
  const lineOf = (image: ListedImage) => {
    if (output.isJson) return jsonLine(imageEvent(image));
    return isTsv ? imageTsv(image) : imageWords(image, Date.now());
  };
  let count = 0;
  if (isTsv) output.print(tsvHeader);
  for await (const image of images) {
    output.print(lineOf(image));
    count += 1;
    if (output.isBehind()) await output.whenLevel();
    if (output.readerGone.aborted || count === limit) break;
  }
  return count;
}
