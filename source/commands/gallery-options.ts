import { picturesDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { GalleryOptions } from '../ui/show-screen.tsx';
import type { Invocation } from './invocation.ts';
import { runnerPlace } from './runner-place.ts';

/** What the screen's gallery is made of, loaded when somebody opens it: the images of the profile, or those in a folder. */
export function galleryOptions(
  invocation: Invocation,
  settings: Pick<ResolvedSettings, 'pictures'>,
  folder: string | null = null,
): GalleryOptions {
  const { environment } = invocation;
  return {
    choice: settings.pictures,
    cacheDirectory: picturesDirectory(environment),
    async openChooser() {
      const { openChooser } = await import('../choosing/open-chooser.ts');
      const opened = openChooser(runnerPlace(invocation).stateDirectory);
      if (!opened.ok || folder === null) return opened;
      const { openFolderChooser } = await import('../choosing/open-folder-chooser.ts');
      return { ok: true, chooser: openFolderChooser(folder, opened.chooser) };
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
