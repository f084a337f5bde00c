import { expect, it } from 'vitest';
import { searchText } from '../../src/lib/search-text.ts';

it.each([
  ['', ''],
  [' … -- ', ''],
  ['Crème-brûlée', 'creme brulee'],
  ['Cre\u0301me', 'creme'],
  ['İSTANBUL', 'istanbul'],
  ['Straße', 'straße'],
  ['Ёлка, й', 'елка и'],
  ['ｆｕｌｌ ½ ﬁ', 'full 1 2 fi'],
  ['東京が', '東京が'],
  ['हिन्दी', 'हिन्दी'],
  ["o'neil@example.com/a_b", 'o neil example com a b'],
  ['"a" OR b* NEAR(c)', 'a or b near c'],
  ['👍 1,5 \0 x', '1 5 x'],
])('%j is searched as %j', (text, words) => {
  expect(searchText(text)).toBe(words);
  expect(searchText(words)).toBe(words);
});
