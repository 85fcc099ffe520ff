import { rewrite } from './rewrite.ts';

/** We check what conf keeps with our own schemas and give it none, so that it never makes the validator that is most of its size. */
export const confWithoutValidator = rewrite('conf-without-validator', /conf\/dist\/source\/index\.js$/, [
  [/^import .* from 'ajv\/dist\/2020\.js';$/m, 'const Ajv = null;'],
  [/^import ajvFormatsModule from 'ajv-formats';$/m, 'const ajvFormatsModule = null;'],
]);
