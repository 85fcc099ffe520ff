/**
 * The short name that people call a checkpoint by: its title without folders, extension and ` [hash]` (webui-api.md 2.1; Windows
 * servers write folders with `\`).
 */
export function checkpointName(title: string): string {
  const file = title.replace(/ \[[0-9a-f]+\]$/i, '').replace(/^.*[\\/]/, '');
  return file.replace(/\.(safetensors|ckpt|gguf|pt|pth|sft)$/i, '') || title;
}
