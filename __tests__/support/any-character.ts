import fc from 'fast-check';

/** The first code point that is half of a character, and how many of them there are. */
const [firstSurrogate, surrogates] = [0xd800, 0x800];

/** Any character of Unicode. fast-check's own unit `binary` takes a second to make in each file. */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff - surrogates })
  .map((at) => String.fromCodePoint(at < firstSurrogate ? at : at + surrogates));
