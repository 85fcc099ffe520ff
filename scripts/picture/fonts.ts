import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const dejavu = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** Where systems keep a font for Chinese, Japanese and Korean; no npm package has one of bearable size. */
const wideFonts = [
  '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  '/usr/share/fonts/truetype/wqy/wqy-microhei.ttc',
  '/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf',
  '/System/Library/Fonts/PingFang.ttc',
];

const wideFont = wideFonts.find((path) => existsSync(path));

/** Whether wide characters have glyphs here; where not, a neutral box is drawn for each. */
export const hasWideFont = wideFont !== undefined;

export const fontFiles = [
  ...['DejaVuSansMono', 'DejaVuSansMono-Bold', 'DejaVuSansMono-Oblique', 'DejaVuSans'].map((name) =>
    join(dejavu, `${name}.ttf`),
  ),
  ...(wideFont === undefined ? [] : [wideFont]),
];
