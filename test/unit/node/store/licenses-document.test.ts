import { expect, it } from 'vitest';
import { licensesDocument } from '#node/store/licenses-document';

it('lists each asset once, by licence, in an order of its own', () => {
  const crate = {
    id: 'crate',
    kind: 'model',
    sha256: '',
    license: 'CC0-1.0',
    author: 'Ann | Bo',
  } as const;
  const sky = {
    id: 'sky',
    kind: 'environment',
    sha256: '',
    license: 'CC-BY-4.0',
    author: 'Cy',
  } as const;
  const apple = { id: 'apple', kind: 'model', sha256: '', license: 'CC0-1.0' } as const;
  const text = licensesDocument('tiny', [crate, sky, apple, crate]);
  expect(text).toBe(licensesDocument('tiny', [apple, crate, sky]));
  expect(text.split('\n').slice(4)).toEqual([
    '## CC-BY-4.0',
    '',
    '| Asset | Kind | Author |',
    '| --- | --- | --- |',
    '| sky | environment | Cy |',
    '',
    '## CC0-1.0',
    '',
    '| Asset | Kind | Author |',
    '| --- | --- | --- |',
    '| apple | model | not stated |',
    '| crate | model | Ann \\| Bo |',
    '',
  ]);
});
