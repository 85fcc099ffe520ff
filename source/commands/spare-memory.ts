import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 content with less for a screen that draws once a second; to be called when the rush of the start is over, which is faster with
 * more. Its space for young objects grows no larger (it takes 32 MB after a few frames, and needs one), and of its two optimising
 * compilers the greater is left out: compiling took more memory, 8 MB, and more time than its code saved.
 */
export function spareMemory(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--no-turbofan');
}
