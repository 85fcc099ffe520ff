/** The six steps of the 6x6x6 cube in the 256 colours of xterm; the first 16 differ from terminal to terminal and are never used. */
const steps = [0, 95, 135, 175, 215, 255] as const;

/** The colour of the 256 that is nearest. */
export function nearestXtermColour(red: number, green: number, blue: number): number {
  const [r, g, b] = [nearestStep(red), nearestStep(green), nearestStep(blue)];
  const grey = Math.max(0, Math.min(23, Math.round(((red + green + blue) / 3 - 8) / 10)));
  const level = 8 + grey * 10;
  const cubeError = distance(red, green, blue, steps[r] ?? 0, steps[g] ?? 0, steps[b] ?? 0);
  return distance(red, green, blue, level, level, level) < cubeError ? 232 + grey : 16 + 36 * r + 6 * g + b;
}

function nearestStep(value: number): number {
  if (value < 48) return 0;
  return value < 115 ? 1 : Math.min(5, Math.floor((value - 35) / 40));
}

/** Squared, in the plain cube of red, green and blue. */
export function distance(r: number, g: number, b: number, r2: number, g2: number, b2: number): number {
  return (r - r2) ** 2 + (g - g2) ** 2 + (b - b2) ** 2;
}
