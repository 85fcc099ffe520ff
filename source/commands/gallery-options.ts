import { picturesDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { GalleryOptions } from '../ui/show-screen.tsx';
import type { Invocation } from './invocation.ts';
import { runnerPlace } from './runner-place.ts';

/** What the screen's gallery is made of; loaded when somebody opens it. */
export function galleryOptions(
  invocation: Invocation,
  settings: Pick<ResolvedSettings, 'pictures'>,
): GalleryOptions {
  const { environment } = invocation;
  return {
    choice: settings.pictures,
    cacheDirectory: picturesDirectory(environment),
    async openChooser() {
      const { openChooser } = await import('../choosing/open-chooser.ts');
      return openChooser(runnerPlace(invocation).stateDirectory);
    },
    async readInfotext(path) {
      const { readImageFile } = await import('../gallery/read-image-header.ts');
      return (await readImageFile(path))?.header?.infotext ?? null;
    },
    async again() {
      return { text: 'Not yet.', tone: 'warning' };
    },
  };
}
