/** Which program answers; found by probing (webui-api.md 7.9). */
export type Family =
  | 'a1111'
  | 'forge'
  | 'forge-neo'
  | 'reforge'
  | 'forge-classic'
  | 'sdnext'
  | 'koboldcpp'
  /** The server of stable-diffusion.cpp. */
  | 'sd-cpp'
  /** Imitates the API and does not say what it is: the least of all families is asked of it. */
  | 'other';
