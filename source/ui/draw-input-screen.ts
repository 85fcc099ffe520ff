import type { Area } from './areas.ts';
import { helpGroups } from './key-bindings.ts';
import type { ScreenView } from './screen-store.ts';
import { drawAddress, drawConnect } from './screens/connect.ts';
import type { DrawnScreen } from './screens/drawn-screen.ts';
import { drawGallery } from './screens/gallery.ts';
import { drawHelp } from './screens/help.ts';
import { drawReady } from './screens/ready.ts';
import { drawSetup } from './screens/setup.ts';
import { drawWithoutRunner } from './screens/without-runner.ts';
import type { Theme } from './theme.ts';

/** Draws whatever is not the monitor: the screens that ask for something, and the help; null where the monitor is to be drawn. */
export function drawInputScreen(view: ScreenView, area: Area, theme: Theme): DrawnScreen | null {
  const { state, snapshot, link } = view;
  const { screen, overlay } = state;
  if (overlay?.kind === 'help') {
    return drawHelp(helpGroups(state), overlay.firstRow, view, area, theme);
  }
  if (link.kind === 'refused' && screen.kind !== 'setup' && screen.kind !== 'gallery')
    return drawWithoutRunner(view, area, theme);
  switch (screen.kind) {
    case 'connect':
      return screen.address === null
        ? drawConnect(view, area, theme)
        : drawAddress(screen.address, area, theme);
    case 'ready':
      return drawReady(screen, snapshot.webUi, area, theme);
    case 'setup':
      return snapshot.webUi === null
        ? drawConnect(view, area, theme)
        : drawSetup(screen.setup, snapshot.webUi, area, theme);
    case 'monitor':
      return null;
    case 'gallery':
      return drawGallery(view, screen.gallery, area, theme);
  }
}
