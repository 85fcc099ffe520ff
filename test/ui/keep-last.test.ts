import { expect, test } from 'vitest';
import { keepLast } from '../../source/ui/keep-last.ts';

test('an answer is kept until one of its facts is another', () => {
  let madeCount = 0;
  const paint = keepLast(({ list, width }: { list: readonly string[]; width: number }) => {
    madeCount++;
    return list.map((text) => text.padEnd(width)).join('\n');
  });
  const list = ['one'];
  expect(paint({ list, width: 5 })).toBe('one  ');
  expect(paint({ list, width: 5 })).toBe('one  ');
  expect(madeCount).toBe(1);
  expect(paint({ list, width: 6 })).toBe('one   ');
  expect(paint({ list: ['two'], width: 6 })).toBe('two   ');
  expect(paint({ list, width: 6 })).toBe('one   ');
  expect(madeCount).toBe(4);
});
