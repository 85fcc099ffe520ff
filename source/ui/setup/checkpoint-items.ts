import { matchCheckpoint } from '../../generation/match-checkpoint.ts';
import type { WebUi } from '../../generation/webui.ts';
import type { PickerItem } from '../components/picker/filter.ts';

const known = new WeakMap<WebUi, readonly PickerItem[]>();

/** The WebUI's checkpoints as rows to pick from; made once for each list, which may hold thousands. */
export function checkpointItems(webUi: WebUi): readonly PickerItem[] {
  const made = known.get(webUi) ?? listItems(webUi);
  known.set(webUi, made);
  return made;
}

function listItems({ checkpoints, selectedCheckpoint }: WebUi): PickerItem[] {
  const match = matchCheckpoint(checkpoints, selectedCheckpoint ?? '');
  const selected = match.kind === 'found' ? match.checkpoint : null;
  return checkpoints.map((checkpoint) => ({
    id: checkpoint.title,
    label: checkpoint.title.replace(/ \[[0-9a-f]+\]$/i, ''),
    detail: checkpoint.hash ?? '',
    mark: checkpoint === selected ? 'selected' : '',
  }));
}

/** Plain names as rows to pick from. */
export function nameItems(names: readonly string[]): readonly PickerItem[] {
  return names.map((name) => ({ id: name, label: name, detail: '', mark: '' }));
}
