/** A colour in OKLCH, so that mixtures stay clear: lightness 0 to 1, chroma 0 to about 0.3, hue in degrees. */
export type Colour = { readonly l: number; readonly c: number; readonly h: number };

export function colour(l: number, c: number, h: number): Colour {
  return { l, c, h };
}

/** Between two colours, `share` of the second; mixed in OKLab, where no grey lies between two hues that are near. */
export function mix(first: Colour, second: Colour, share: number): Colour {
  const [a, b] = [toLab(first), toLab(second)];
  return fromLab(a.map((value, index) => value + ((b[index] ?? 0) - value) * share));
}

export function lighter(base: Colour, by: number): Colour {
  return { ...base, l: Math.min(1, Math.max(0, base.l + by)) };
}

/** The colour for SVG, cut to what sRGB can show. */
export function css(shown: Colour): string {
  const [l = 0, a = 0, b = 0] = toLab(shown);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return `#${channels.map((channel) => hex(gamma(channel))).join('')}`;
}

function toLab({ l, c, h }: Colour): number[] {
  const angle = (h * Math.PI) / 180;
  return [l, c * Math.cos(angle), c * Math.sin(angle)];
}

function fromLab([l = 0, a = 0, b = 0]: readonly number[]): Colour {
  return { l, c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI };
}

function gamma(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function hex(value: number): string {
  return Math.round(Math.min(1, Math.max(0, value)) * 255)
    .toString(16)
    .padStart(2, '0');
}
