import { Resvg } from '@resvg/resvg-js';
import { fontFiles, hasWideFont } from './picture/fonts.ts';
import { type ScreenPicture, screenToSvg } from './picture/screen-to-svg.ts';

/** Draws a terminal's screen as a PNG at twice its size in points. */
export function screenToPng(screen: Omit<ScreenPicture, 'hasWideFont'>): Uint8Array {
  const svg = screenToSvg({ ...screen, hasWideFont });
  return new Resvg(svg, {
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans Mono' },
    fitTo: { mode: 'zoom', value: 2 },
  })
    .render()
    .asPng();
}
