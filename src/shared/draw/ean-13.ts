/** Modules of a digit on the left with odd parity; the other sets follow (GS1 General Specifications §5.2.1). */
const ODD = [
  '0001101',
  '0011001',
  '0010011',
  '0111101',
  '0100011',
  '0110001',
  '0101111',
  '0111011',
  '0110111',
  '0001011',
];
/** Which of the six left digits have even parity: so the first digit is told, which has no bars. */
const EVEN_OF_FIRST = [
  '000000',
  '001011',
  '001101',
  '001110',
  '010011',
  '011001',
  '011100',
  '010101',
  '010110',
  '011010',
];

const inverted = (modules: string): string =>
  [...modules].map((m) => (m === '1' ? '0' : '1')).join('');
const mirrored = (modules: string): string => [...modules].reverse().join('');

/**
 * The 95 modules of an EAN-13 symbol, true where there is a bar.
 * @throws Error unless there are thirteen digits, the last of which checks the others
 */
export function barsOf(digits: string): readonly boolean[] {
  const values = [...digits].map(Number);
  const sum = values.reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 1 : 3), 0);
  if (!/^\d{13}$/.test(digits) || sum % 10 !== 0)
    throw new Error(`expected thirteen digits with a check digit, found "${digits}"`);
  const even = EVEN_OF_FIRST[values[0] ?? 0] ?? '';
  const left = values.slice(1, 7).map((digit, i) => {
    const odd = ODD[digit] ?? '';
    return even[i] === '1' ? mirrored(inverted(odd)) : odd;
  });
  const right = values.slice(7).map((digit) => inverted(ODD[digit] ?? ''));
  return [...`101${left.join('')}01010${right.join('')}101`].map((module) => module === '1');
}
