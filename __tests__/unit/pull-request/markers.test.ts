import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blobId, digest } from '../../../src/pull-request/files.ts';
import {
  addTrailer,
  finishBody,
  readMarker,
  readTrailer,
  replaceMarker,
} from '../../../src/pull-request/markers.ts';
import { anyCharacter } from '../../support/any-character.ts';

// GitHub's.
const BODY_LIMIT = 65_536;
const HASH = 'a'.repeat(40);
const TRAILER = { branch: 'uv-fod/x', base: HASH, tree: 'b'.repeat(40), run: 12 };
const MARKER = { key: '0'.repeat(16), text: '1'.repeat(16), closed: false };

describe('the trailer', () => {
  test('joins a block of trailers that is there, and makes one where none is', () => {
    expect(addTrailer('Subject\n\nSigned-off-by: A <a@b.example>\n', TRAILER)).toMatch(
      /example>\nUv-Fod: .*run=12\n$/,
    );
    expect(addTrailer('Subject', TRAILER)).toMatch(/^Subject\n\nUv-Fod: /);
    expect(addTrailer('fix: subject', TRAILER)).toMatch(/^fix: subject\n\nUv-Fod: /);
  });

  test('comes back out of whatever message it was put into', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.option(fc.nat()), (message, run) => {
        const trailer = { ...TRAILER, run: run ?? undefined };
        expect(readTrailer(addTrailer(message, trailer))).toEqual(trailer);
      }),
      { numRuns: 300 },
    );
  });

  test('the last one counts: a title cannot forge it', () => {
    const forged = `x\n\nUv-Fod: uv-fod/x; base=${HASH}; tree=${HASH}; run=9999`;
    expect(readTrailer(addTrailer(forged, TRAILER))).toEqual(TRAILER);
  });

  test.each(['', 'Uv-Fod: x', `Uv-Fod: x; base=${HASH}`, ` Uv-Fod: x; base=${HASH}; tree=${HASH}`])(
    'there is none in %j',
    (message) => {
      expect(readTrailer(message)).toBeUndefined();
    },
  );
});

describe('the body', () => {
  test('carries its marker, and gives up only the marker when it is replaced', () => {
    const body = finishBody('Words.', MARKER);
    expect(readMarker(body)).toEqual(MARKER);
    const closed = replaceMarker(body, { ...MARKER, closed: true });
    expect(readMarker(closed)).toEqual({ ...MARKER, closed: true });
    expect(closed.match(/<!--/g)).toHaveLength(1);
  });

  test('keeps its marker where GitHub or a person changed line ends', () => {
    expect(readMarker(finishBody('a\nb', MARKER).replaceAll('\n', '\r\n'))).toEqual(MARKER);
  });

  test.each([null, undefined, '', 'Words.', '<!-- uv-fod key=xyz text=1 -->'])(
    'of a person has none: %j',
    (body) => {
      expect(readMarker(body)).toBeUndefined();
    },
  );

  test('ends a code block and folds that the cut went through', () => {
    const body = finishBody(
      `<details>\n<summary>x</summary>\n\n\`\`\`\`sh\n${'line\n'.repeat(20_000)}`,
      MARKER,
    );
    expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
    expect(body).toMatch(/line\n````\n<\/details>\n\n\*Cut here/);
  });

  test('whatever it is, it fits and has its marker', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 50 }), fc.nat(4000), (piece, times) => {
        const body = finishBody(piece.repeat(times), MARKER);
        expect(body.length).toBeLessThanOrEqual(BODY_LIMIT);
        expect(readMarker(body)).toEqual(MARKER);
      }),
      { numRuns: 200 },
    );
  });
});

describe('digests', () => {
  test('of a blob are git’s', () => {
    // git hash-object on an empty file, and on "hello\n".
    expect(blobId('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
    expect(blobId('hello\n')).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  });

  test('of parts tell where one part ends', () => {
    expect(digest('ab', 'c')).not.toBe(digest('a', 'bc'));
  });
});
