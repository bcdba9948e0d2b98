import { anything, having, list, maybe, type Shape, text, whole, yesOrNo } from '../system/shape.ts';
import { targetFields } from '../uv/plan/manifest.ts';

// What Nix may answer: an expression of a pull request can give its derivation any attributes.

/** A name, a version, a hash or a commit. */
export const word = text(1000);

/** A path; where it leads is checked where it is used. */
const place = text(4096);

export const position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });

/** A set with any names. */
const setOf =
  (item: Shape): Shape =>
  (value, at) => {
    const wrong = having({})(value, at);
    if (wrong !== undefined) return wrong;
    return list(item, 100)(Object.values(value as object), at);
  };

const target = having(targetFields);

const current = having({
  ...{ system: word, target, src: maybe(place), project: place, buildLock: maybe(place) },
  ...{ hash: word, position: maybe(position) },
});

/** `uvFod` of this version; of any other version only the schema is known. */
const uvFod: Shape = (value, at) =>
  having({ schema: anything })(value, at) ??
  ((value as { schema: unknown }).schema === 1 ? current(value, at) : undefined);

export const pinned = having({
  ...{ pname: word, version: word, revision: maybe(word), imports: list(word, 1000) },
  ...{ own: uvFod, systems: setOf(uvFod) },
});

export const packageFacts = having({
  ...{ version: word, position: maybe(position), revision: maybe(word), hasFetchedSource: yesOrNo },
  file: maybe(place),
});

export const outputFacts = having({
  ...{ hash: maybe(word), algorithm: maybe(word), mode: word, drv: place, out: place },
  ...{ positions: list(position, 100), file: maybe(place) },
});

export const stringFacts = having({ value: text(100_000), position: maybe(position) });

export const fixedOutput = having({ drv: place, out: place, mode: word });

export const seenPackages = list(
  having({
    ...{ attribute: word, version: word, systems: list(word, 100), position: maybe(position) },
    ...{ owner: maybe(word), repo: maybe(word), tag: maybe(word) },
  }),
  10_000,
);
