import { setFlagsFromString } from 'node:v8';

/**
 * Leaves out the greater of V8's two optimising compilers. For a screen that draws once a second, compiling takes more memory, 10 MB, and
 * more time than its code saves.
 */
export function compileSparingly(): void {
  setFlagsFromString('--no-turbofan');
}

/**
 * Keeps V8's space for young objects as it is: a few frames later it takes 32 MB for good, of which a screen that draws once a second
 * needs one. To be called when the rush of the start is over, which is faster with more.
 */
export function growNoMore(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
