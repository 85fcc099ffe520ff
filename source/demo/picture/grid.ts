import sharp from 'sharp';

/** All pictures of a generation in one, in as many rows as fit a square (A1111's `image_grid`). */
export async function arrangeGrid(pngs: readonly Buffer[]): Promise<Buffer> {
  const { width = 0, height = 0 } = await sharp(pngs[0]).metadata();
  const rowCount = Math.max(1, Math.floor(Math.sqrt(pngs.length)));
  const columnCount = Math.ceil(pngs.length / rowCount);
  return sharp({
    create: { width: width * columnCount, height: height * rowCount, channels: 3, background: '#000' },
  })
    .composite(
      pngs.map((input, index) => ({
        input,
        left: (index % columnCount) * width,
        top: Math.floor(index / columnCount) * height,
      })),
    )
    .png()
    .toBuffer();
}
