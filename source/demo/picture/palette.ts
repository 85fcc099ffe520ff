import { type Colour, colour } from './colour.ts';

/** The colours that a scene is painted with. */
export type Palette = {
  readonly skyTop: Colour;
  readonly skyMiddle: Colour;
  readonly skyLow: Colour;
  /** Sun or moon. */
  readonly light: Colour;
  /** What is far away. */
  readonly haze: Colour;
  /** What is close. */
  readonly near: Colour;
  readonly water: Colour;
  /** Windows, sails, petals. */
  readonly accent: Colour;
};

export type Mood = keyof typeof palettes;

/** One palette for each light and season. */
export const palettes = {
  day: {
    skyTop: colour(0.6, 0.13, 250),
    skyMiddle: colour(0.78, 0.08, 240),
    skyLow: colour(0.94, 0.03, 215),
    light: colour(0.98, 0.05, 95),
    haze: colour(0.82, 0.05, 235),
    near: colour(0.36, 0.08, 155),
    water: colour(0.58, 0.1, 230),
    accent: colour(0.72, 0.16, 35),
  },
  dawn: {
    skyTop: colour(0.6, 0.09, 275),
    skyMiddle: colour(0.8, 0.09, 345),
    skyLow: colour(0.93, 0.08, 72),
    light: colour(0.98, 0.06, 85),
    haze: colour(0.82, 0.06, 340),
    near: colour(0.33, 0.07, 285),
    water: colour(0.66, 0.08, 300),
    accent: colour(0.8, 0.13, 30),
  },
  sunset: {
    skyTop: colour(0.36, 0.12, 290),
    skyMiddle: colour(0.64, 0.17, 20),
    skyLow: colour(0.87, 0.14, 72),
    light: colour(0.96, 0.11, 88),
    haze: colour(0.72, 0.14, 42),
    near: colour(0.2, 0.06, 310),
    water: colour(0.45, 0.12, 15),
    accent: colour(0.85, 0.15, 75),
  },
  night: {
    skyTop: colour(0.16, 0.06, 275),
    skyMiddle: colour(0.28, 0.09, 270),
    skyLow: colour(0.45, 0.09, 255),
    light: colour(0.95, 0.03, 100),
    haze: colour(0.42, 0.07, 260),
    near: colour(0.12, 0.03, 270),
    water: colour(0.24, 0.07, 262),
    accent: colour(0.87, 0.14, 85),
  },
  green: {
    skyTop: colour(0.74, 0.06, 190),
    skyMiddle: colour(0.86, 0.06, 150),
    skyLow: colour(0.95, 0.06, 115),
    light: colour(0.99, 0.07, 110),
    haze: colour(0.82, 0.07, 155),
    near: colour(0.24, 0.07, 158),
    water: colour(0.58, 0.08, 180),
    accent: colour(0.82, 0.15, 105),
  },
  autumn: {
    skyTop: colour(0.66, 0.07, 240),
    skyMiddle: colour(0.85, 0.05, 75),
    skyLow: colour(0.94, 0.07, 85),
    light: colour(0.98, 0.08, 88),
    haze: colour(0.8, 0.1, 65),
    near: colour(0.34, 0.12, 38),
    water: colour(0.56, 0.06, 230),
    accent: colour(0.68, 0.18, 45),
  },
  winter: {
    skyTop: colour(0.6, 0.07, 252),
    skyMiddle: colour(0.82, 0.04, 245),
    skyLow: colour(0.96, 0.015, 230),
    light: colour(0.99, 0.02, 95),
    haze: colour(0.9, 0.03, 240),
    near: colour(0.4, 0.06, 258),
    water: colour(0.7, 0.06, 238),
    accent: colour(0.97, 0.01, 240),
  },
  spring: {
    skyTop: colour(0.74, 0.09, 235),
    skyMiddle: colour(0.89, 0.05, 330),
    skyLow: colour(0.96, 0.03, 350),
    light: colour(0.99, 0.04, 80),
    haze: colour(0.87, 0.07, 350),
    near: colour(0.46, 0.1, 150),
    water: colour(0.74, 0.08, 225),
    accent: colour(0.82, 0.12, 355),
  },
  storm: {
    skyTop: colour(0.3, 0.04, 258),
    skyMiddle: colour(0.48, 0.045, 248),
    skyLow: colour(0.74, 0.04, 215),
    light: colour(0.92, 0.03, 200),
    haze: colour(0.58, 0.035, 235),
    near: colour(0.19, 0.03, 240),
    water: colour(0.36, 0.05, 230),
    accent: colour(0.85, 0.12, 90),
  },
  desert: {
    skyTop: colour(0.6, 0.1, 240),
    skyMiddle: colour(0.86, 0.06, 80),
    skyLow: colour(0.95, 0.08, 82),
    light: colour(0.99, 0.08, 95),
    haze: colour(0.84, 0.1, 68),
    near: colour(0.45, 0.12, 48),
    water: colour(0.62, 0.09, 200),
    accent: colour(0.6, 0.16, 35),
  },
  fire: {
    skyTop: colour(0.17, 0.07, 20),
    skyMiddle: colour(0.42, 0.18, 28),
    skyLow: colour(0.78, 0.18, 62),
    light: colour(0.95, 0.13, 92),
    haze: colour(0.55, 0.19, 35),
    near: colour(0.1, 0.03, 20),
    water: colour(0.38, 0.17, 30),
    accent: colour(0.82, 0.18, 65),
  },
  neon: {
    skyTop: colour(0.18, 0.11, 285),
    skyMiddle: colour(0.38, 0.2, 318),
    skyLow: colour(0.68, 0.22, 350),
    light: colour(0.9, 0.13, 330),
    haze: colour(0.48, 0.2, 310),
    near: colour(0.12, 0.06, 280),
    water: colour(0.28, 0.15, 290),
    accent: colour(0.87, 0.16, 195),
  },
} as const satisfies Record<string, Palette>;
