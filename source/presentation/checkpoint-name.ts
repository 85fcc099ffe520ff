/** The short names of checkpoints, or the whole title of one that shares its name with another: files of several folders may have the same. */
export function distinctNames(titles: readonly string[]): string[] {
  const names = titles.map(checkpointName);
  return titles.map((title, index) => {
    const name = names[index] ?? title;
    return names.filter((each) => each === name).length > 1 ? title : name;
  });
}

/**
 * The short name that people call a checkpoint by: its title without folders, extension and ` [hash]` (webui-api.md 2.1; Windows
 * servers write folders with `\`).
 */
export function checkpointName(title: string): string {
  const file = title.replace(/ \[[0-9a-f]+\]$/i, '').replace(/^.*[\\/]/, '');
  return file.replace(/\.(safetensors|ckpt|gguf|pt|pth|sft)$/i, '') || title;
}
