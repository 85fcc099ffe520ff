import { usualHires } from '../generation/asked.ts';
import type { Chooser } from '../presentation/choosing.ts';
import { picturesDirectory } from '../settings/directories.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { Deed } from '../ui/gallery/describe-deed.ts';
import type { AgainKind } from '../ui/gallery/gallery-data.ts';
import type { GalleryOptions } from '../ui/show-screen.ts';
import type { Invocation } from './invocation.ts';
import { orderRemake } from './order-remake.ts';
import { type RemakeWish, usualStrength } from './remake.ts';
import { runnerPlace } from './runner-place.ts';

/** As many variations as one key asks for. */
const variationCount = 4;

const wishes: Readonly<Record<AgainKind, RemakeWish>> = {
  same: { kind: 'again' },
  prompt: { kind: 'prompt' },
  variations: { kind: 'variations', count: variationCount, strength: usualStrength },
  hires: { kind: 'hires', hires: usualHires },
  plan: { kind: 'plan' },
};

/** What the screen's gallery is made of, loaded when somebody opens it: the images of the profile, or those in a folder. */
export function galleryOptions(
  invocation: Invocation,
  settings: Pick<ResolvedSettings, 'pictures'>,
  folder: string | null = null,
): GalleryOptions {
  const { environment } = invocation;
  let chooser: Chooser | null = null;
  return {
    choice: settings.pictures,
    cacheDirectory: picturesDirectory(environment),
    async openChooser() {
      const { openChooser } = await import('../choosing/open-chooser.ts');
      const opened = openChooser(runnerPlace(invocation).stateDirectory);
      if (!opened.ok) return opened;
      chooser = opened.chooser;
      if (folder === null) return opened;
      const { openFolderChooser } = await import('../choosing/open-folder-chooser.ts');
      return { ok: true, chooser: openFolderChooser(folder, chooser) };
    },
    async readInfotext(path) {
      const { readImageFile } = await import('../gallery/read-image-header.ts');
      return (await readImageFile(path))?.header?.infotext ?? null;
    },
    async again({ path }, kind): Promise<Deed> {
      const reading = await chooser?.recipeOf(path);
      if (!reading) return { text: 'The list of images is not open yet.', tone: 'warning' };
      if (!reading.ok) return { text: reading.reason, tone: 'warning' };
      const ordered = await orderRemake(runnerPlace(invocation), wishes[kind], reading.recipe);
      return ordered.ok
        ? { text: ordered.words, tone: 'info' }
        : { text: ordered.refusal.reason, tone: 'warning' };
    },
  };
}
