/** Longest outside text that a failure carries, characters. */
const longest = 500;

/** The first line that says something, cut so that a failure stays small however long the server's text is. */
export function firstLine(text: string): string {
  const line = text.match(/\S[^\r\n]*/)?.[0].trimEnd() ?? '';
  return cutText(line);
}

/** The text itself, or its beginning and an ellipsis. */
export function cutText(text: string): string {
  if (text.length <= longest) return text;
  // A cut inside a surrogate pair would leave half a character.
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
