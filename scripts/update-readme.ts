import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { withTables } from './readme/tables.ts';

const path = resolve(import.meta.dirname, '../README.md');
writeFileSync(path, withTables(readFileSync(path, 'utf8')));
