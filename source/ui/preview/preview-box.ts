import { bodyArea } from '../areas.ts';
import type { PictureBox } from '../gallery/gallery-data.ts';
import { layoutMonitor } from '../monitor/layout.ts';
import type { ScreenView } from '../screen-store.ts';

/** The cells of the preview on the whole screen; null while it is not looked at, or nothing of it is true any more. */
export function previewBox(
  view: Pick<ScreenView, 'state' | 'link' | 'columns' | 'rows'>,
): (PictureBox & { readonly row: number; readonly column: number }) | null {
  const { screen, monitor, overlay } = view.state;
  const isLookedAt = screen.kind === 'monitor' && monitor.isPreviewShown && overlay?.kind !== 'help';
  if (!isLookedAt || view.link.kind !== 'live') return null;
  const body = bodyArea(view);
  const layout = layoutMonitor(body.width, body.height, true);
  if (layout.kind === 'compact' || layout.preview === null) return null;
  const { x, y, width, height } = layout.preview;
  // Below the header line and the upper border.
  return { row: y + 2, column: x + 2, columns: width - 4, rows: height - 2 };
}
