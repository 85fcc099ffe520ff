import { type Chance, hashText, pick } from '../chance.ts';
import type { Mood } from './palette.ts';

export type SceneKind = 'mountains' | 'sea' | 'dunes' | 'forest' | 'city' | 'flow' | 'space';

/** What falls or flies through the picture. */
export type Weather = 'petals' | 'snow' | 'rain' | 'fireflies' | 'birds' | 'none';

/** What to paint; which words asked for it, and the rest by chance. */
export type Subject = {
  readonly scene: SceneKind;
  readonly mood: Mood;
  readonly weather: Weather;
  readonly hasLighthouse: boolean;
};

const sceneWords: readonly (readonly [SceneKind, RegExp])[] = [
  ['space', /\b(space|planet|galax|cosmos|nebula|universe)|宇宙|星空|行星|惑星|银河/i],
  ['city', /\b(city|cities|street|building|skyline|town|cyberpunk|skyscraper)|城市|街|都市|城/i],
  [
    'sea',
    /\b(sea|ocean|beach|lake|wave|coast|harbou?r|boat|ship|island|river|lighthouse|water)|海|湖|河|波|水|灯台|灯塔/i,
  ],
  ['forest', /\b(forest|wood|tree|jungle|grove)|森|林|树|樹|木/i],
  ['dunes', /\b(desert|dune|sand|sahara)|沙|砂漠/i],
  ['mountains', /\b(mountain|alp|hill|peak|valley|landscape|cliff|canyon)|山|谷|峰/i],
  ['flow', /\b(abstract|flow|silk|pattern|swirl|fluid|dream)|抽象|流/i],
];

const moodWords: readonly (readonly [Mood, RegExp])[] = [
  ['neon', /\b(neon|cyberpunk|synthwave|vaporwave)|霓虹/i],
  ['sunset', /\b(sunset|dusk|evening|golden hour)|夕|黄昏|日落|傍晚/i],
  ['dawn', /\b(dawn|sunrise|morning)|朝|晨|日出/i],
  ['night', /\b(night|moon|midnight|star|dark)|夜|月|星/i],
  ['fire', /\b(fire|lava|volcano|flame|hell)|火|炎/i],
  ['storm', /\b(storm|rain|thunder|cloudy|gr[ae]y)|雨|嵐|暴风/i],
  ['winter', /\b(winter|snow|ice|frozen|cold)|冬|雪|冰/i],
  ['autumn', /\b(autumn|fall|october|orange)|秋|紅葉|红叶/i],
  ['spring', /\b(spring|blossom|cherry|sakura|flower|pink)|春|桜|樱|櫻|花/i],
  ['desert', /\b(desert|dune|sand)|沙|砂/i],
  ['green', /\b(forest|jungle|green|grass|meadow)|森|林|草|绿|緑/i],
  ['day', /\b(day|sunny|summer|blue sky|noon)|夏|昼|晴/i],
];

const scenes: readonly SceneKind[] = [
  'mountains',
  'mountains',
  'sea',
  'sea',
  'dunes',
  'forest',
  'city',
  'flow',
  'space',
];
const moods: readonly Mood[] = [
  'day',
  'dawn',
  'sunset',
  'night',
  'autumn',
  'spring',
  'winter',
  'storm',
  'green',
];

const weatherOf: Readonly<Partial<Record<Mood, Weather>>> = {
  spring: 'petals',
  winter: 'snow',
  storm: 'rain',
  day: 'birds',
  dawn: 'birds',
  sunset: 'birds',
  green: 'fireflies',
};

/** Reads the prompt; what it leaves open follows from the prompt's hash and from chance, which comes from the seed. */
export function chooseSubject(prompt: string, chance: Chance): Subject {
  const usual = scenes[hashText(prompt) % scenes.length] ?? 'mountains';
  const scene =
    sceneWords.find(([, words]) => words.test(prompt))?.[0] ??
    (chance() < 0.5 ? usual : pick(chance, scenes));
  const chosenMood = moodWords.find(([, words]) => words.test(prompt))?.[0];
  const mood =
    scene === 'space'
      ? (chosenMood ?? pick(chance, ['night', 'neon', 'fire']))
      : (chosenMood ?? pick(chance, moods));
  const hasWeather = chance() < 0.75 && scene !== 'space' && scene !== 'flow';
  return {
    scene,
    mood,
    weather: hasWeather ? (weatherOf[mood] ?? 'none') : 'none',
    hasLighthouse: /lighthouse|灯台|灯塔/i.test(prompt),
  };
}
