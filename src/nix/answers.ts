import { having, list, maybe, orNull, type Shape, text, whole, yesOrNo } from '../system/shape.ts';
import { targetFields } from '../uv/plan/manifest.ts';

// What Nix may answer: an expression of a pull request can give its derivation any attributes.

/** A name, a version, a hash or a commit. */
const word = text(1000);

/** A path; where it leads is checked where it is used. */
const place = text(4096);

const position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });

const pin = having({
  target: having({ ...targetFields, system: word }),
  ...{ hash: word, position: maybe(position) },
});

export const pinned = having({
  ...{ pname: word, version: word, revision: maybe(word), imports: list(word, 1000) },
  ...{ system: word, src: maybe(place), project: place, buildLock: maybe(place), isUnlocked: yesOrNo },
  systems: list(pin, 100),
});

export const foreign = having({
  ...{ pname: word, version: word, imports: list(word, 1000), system: word, drv: place },
  ...{ isFixed: yesOrNo, hasUvDeps: yesOrNo },
});

export const attributesOf = list(having({ drv: place, attribute: word }), 10_000);

/** One answer for each package: null if it does not evaluate. */
export const pinnedEach: Shape = (value, at) => {
  const isForeign = having({ isForeign: yesOrNo });
  const one: Shape = (answer, place) =>
    isForeign(answer, place) === undefined ? undefined : maybe(pinned)(answer, place);
  return list(one, 10_000)(value, at);
};

export const packageFacts = having({
  ...{ version: word, position: orNull(position), revision: orNull(word), file: orNull(place) },
});

export const sources = list(having({ attribute: word, hash: orNull(word), identity: place }), 2);

const fodFields = { drv: place, out: place, mode: word };

export const fixedOutput = having(fodFields);

export const outputFacts = having({
  ...{ ...fodFields, hash: orNull(word), algorithm: orNull(word) },
  ...{ positions: list(position, 100), file: orNull(place) },
});

export const stringFacts = having({ value: text(100_000), position: orNull(position) });

const seen = {
  ...{ attribute: word, version: word, systems: list(word, 100), position: maybe(position) },
  ...{ owner: maybe(word), repo: maybe(word), tag: maybe(word), identity: maybe(text(100_000)) },
};

export const seenPackages = list(having(seen), 10_000);

export const otherPackages = list(having({ ...seen, drv: maybe(place), isFixed: yesOrNo }), 10_000);
