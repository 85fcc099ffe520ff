import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const source = resolve(import.meta.dirname, '../source');

const pure = ['generation', 'plan', 'engine', 'stats', 'presentation'];

/** Who may import whom; a folder may always import itself. Type-only imports count. */
const folders: Record<string, readonly string[]> = {
  generation: [],
  plan: ['generation'],
  engine: ['plan', 'generation'],
  stats: ['engine', 'plan', 'generation'],
  presentation: ['stats', 'engine', 'plan', 'generation'],
  webui: ['generation'],
  gallery: ['presentation', 'generation'],
  choosing: ['ledger', 'gallery', 'settings', 'presentation', 'plan', 'generation'],
  pictures: ['presentation', 'generation'],
  settings: ['plan', 'generation'],
  ledger: ['settings', 'presentation', 'stats', 'engine', 'plan', 'generation'],
  connection: ['presentation', 'engine', 'plan', 'generation'],
  runner: ['connection', 'ledger', 'gallery', 'webui', ...pure],
  ui: ['connection', 'pictures', ...pure],
  demo: ['generation'],
  commands: [
    'connection',
    'runner',
    'ledger',
    'choosing',
    'ui',
    'demo',
    'settings',
    'gallery',
    'pictures',
    'webui',
    ...pure,
  ],
};

/** The only folder that may import a package; a package that is not named here may not be imported at all. */
const packages: Record<string, readonly string[]> = {
  undici: ['webui'],
  valibot: ['webui', 'settings', 'demo', 'connection'],
  conf: ['settings'],
  ink: ['ui'],
  react: ['ui'],
  'string-width': ['ui', 'pictures'],
  sharp: ['demo', 'gallery', 'pictures'],
  meow: ['commands'],
};

type Import = { file: string; folder: string; target: string };

function listImports(): Import[] {
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const folder = folderOf(file);
      const text = readFileSync(file, 'utf8');
      const imports = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g);
      return [...imports].map(([, target]) => ({ file, folder, target: target ?? '' }));
    });
}

function folderOf(file: string): string {
  const path = relative(source, file);
  return path.includes(sep) ? (path.split(sep)[0] ?? '') : 'cli';
}

const imports = listImports();

describe('imports', () => {
  test('stay within the table of folders', () => {
    const trespasses = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, folder, target }) => ({ file, folder, to: folderOf(resolve(dirname(file), target)) }))
      .filter(
        ({ folder, to }) =>
          folder !== to && (folder === 'cli' ? to !== 'commands' : !folders[folder]?.includes(to)),
      );
    expect(trespasses).toEqual([]);
  });

  test('use packages only in the folder that owns them', () => {
    const trespasses = imports.filter(({ folder, target }) => {
      if (target.startsWith('.')) return false;
      if (target.startsWith('node:')) return pure.includes(folder);
      const name = target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
      return !packages[name ?? '']?.includes(folder);
    });
    expect(trespasses).toEqual([]);
  });

  test('every folder is in the table', () => {
    const unknown = new Set(
      imports.map(({ folder }) => folder).filter((name) => name !== 'cli' && !(name in folders)),
    );
    expect([...unknown]).toEqual([]);
  });
});

test('the pure folders use no clock, chance, timer or global of the process', () => {
  const forbidden =
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bset(Timeout|Interval|Immediate)\b|\bprocess\.|\bperformance\.|\bfetch\(/;
  const offenders = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && pure.includes(folderOf(join(entry.parentPath, entry.name))))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => forbidden.test(readFileSync(file, 'utf8')));
  expect(offenders).toEqual([]);
});
