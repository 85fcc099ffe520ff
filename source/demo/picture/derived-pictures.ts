import sharp from 'sharp';

/** An entirely black picture: what broken precision gives (webui-api.md 10.1). */
export async function drawBlack(size: { readonly width: number; readonly height: number }): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background: '#000' } })
    .png()
    .toBuffer();
}

/** One picture with so much (0 to 1) of another of its size: what a second seed does. */
export async function blendPictures(png: Buffer, other: Buffer, share: number): Promise<Buffer> {
  const veil = await sharp(other).removeAlpha().ensureAlpha(share).png().toBuffer();
  return sharp(png)
    .composite([{ input: veil }])
    .removeAlpha()
    .png()
    .toBuffer();
}

/** A picture that was given up on the way: the less was done (0 to 1), the more blurred. */
export async function drawUnfinished(png: Buffer, doneShare: number): Promise<Buffer> {
  return sharp(png)
    .blur(0.5 + (1 - doneShare) * 14)
    .png()
    .toBuffer();
}

/** The live preview: a quarter of the size, as A1111's "Approx NN" gives (captures/forge/122). */
export async function drawPreview(png: Buffer, doneShare: number): Promise<Buffer> {
  const { width } = await sharp(png).metadata();
  return sharp(png)
    .resize({ width: Math.max(8, Math.floor(width / 4)) })
    .blur(0.4 + (1 - doneShare) * 6)
    .png()
    .toBuffer();
}
