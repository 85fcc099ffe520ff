import { rewrite } from './rewrite.ts';

/**
 * Meow reads and normalises a package.json where it is given none. We give one, and what that takes, with its tables of licenses and
 * hosts, is set up all the same when meow is loaded: most of its 20 ms, if it is not left out.
 */
export const meowWithoutPackageReading = [
  rewrite('meow-is-given-its-package', /meow\/build\/options\.js$/, [
    [
      /^import \{[^}]*\} from '\.\/dependencies\.js';$/m,
      'const readPackageUpSync = () => {}, normalizePackageData = () => {};',
    ],
  ]),
  rewrite('meow-sets-up-what-it-uses', /meow\/build\/dependencies\.js$/, [
    [/^((?:var|const) \w+ = )((?:require[\w$]+|getDefaultExportFromCjs)\()/gm, '$1/* @__PURE__ */ $2'],
    [/^promisify\(execFile\);$/m, ''],
  ]),
];
