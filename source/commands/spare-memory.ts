import { setFlagsFromString } from 'node:v8';

/**
 * Leaves out the greater of V8's two optimising compilers. For a screen that draws once a second, compiling takes more memory, 10 MB, and
 * more time than its code saves; for a runner that makes a generation a second, a sixth of all its time.
 */
export function compileSparingly(): void {
  setFlagsFromString('--no-turbofan');
}

/**
 * Keeps V8's space for young objects as it is: a few frames later it takes 32 MB for good, of which a screen that draws once a second
 * needs one. The space for old ones grows by less than V8 would have it: a gallery of a hundred pages came to 244 MB, and comes to 160. To be
 * called when the rush of the start is over, which is faster with more.
 */
export function growNoMore(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=30');
}
