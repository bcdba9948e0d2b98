import { having, list, orNull, type Shape, text, type Valid, whole, yesOrNo } from '../system/shape.ts';
import { targetFields } from '../uv/plan/manifest.ts';

// Shapes of Nix's answers. Code of a pull request can give a derivation any attributes.

/** A name, a version, a hash or a commit. */
const word = text(1000);

/** A path; the code that uses it checks where it leads. */
const place = text(4096);

/** As `builtins.unsafeGetAttrPos` returns it: counted from 1, and the column in bytes. */
const position = having({ file: place, line: whole(1, 1e9), column: whole(1, 1e9) });

/** The attributes that the Nix library exports (`passthru.uvDeps.uvFod`; nix/fetch-uv-deps.nix). */
const pinned = having({
  ...{ pname: word, version: word },
  /** Commit of the source; null if it is not set. */
  revision: orNull(word),
  /** Modules of the import check: `pythonImportsCheck`. */
  imports: list(word, 1000),
  /** The system that Nix builds for here. */
  system: word,
  /** Null if the source is fetched. */
  src: orNull(place),
  /** Folder of uv.lock, relative to `src`. */
  project: place,
  buildLock: orNull(place),
  /** Whether it comes from a flake that has inputs but no `flake.lock`. */
  isUnlocked: yesOrNo,
  /** One for each system with its own hash, including the system that Nix builds for. */
  systems: list(
    having({
      target: having({ ...targetFields, system: word }),
      /** As the derivation has it; empty if it is not set yet. */
      hash: word,
      /** The position that Nix reports for the hash, if any. */
      position: orNull(position),
    }),
    100,
  ),
});

const pinnedOrForeign: Shape<Valid<typeof pinned> | 'foreign'> = (value, at) =>
  value === 'foreign' ? undefined : pinned(value, at);

const seen = {
  /** Empty if the file is the derivation. */
  attribute: word,
  ...{ version: word, systems: list(word, 100) },
  ...{ owner: orNull(word), repo: orNull(word), tag: orNull(word) },
};

/** A derivation, and the attribute that leads to it. */
const named = { drv: place, attribute: word };

/** Derivations as nix-build takes them. */
const buildables = list(text(4096, /^\/.+\.drv(?:![\w-]+)?$/), 10_000);

/** The shape of each answer, by question (evaluation.nix). */
export const answers = {
  ...{ package: buildables, selected: buildables, source: buildables, requires: buildables },
  pinned,
  /** One for each package: null if it does not evaluate. */
  pinnedEach: list(orNull(pinnedOrForeign), 10_000),
  /** A fixed-output derivation under another hash. */
  rehashed: having({
    drv: place,
    /** Its store path, which depends on its name and hash. */
    out: place,
    /** `recursive` (or `nar`): hash of the NAR; `flat`: hash of the file. */
    mode: word,
  }),
  foreign: having({
    ...{ pname: word, version: word, imports: list(word, 1000), system: word, drv: place },
    /** Whether it is itself a fixed-output derivation. */
    isFixed: yesOrNo,
    /** Whether it has an attribute `uvDeps`. */
    hasUvDeps: yesOrNo,
  }),
  namesAtTop: list(word, 1000),
  ...{ attributesOf: list(having(named), 10_000), namedAtTop: list(having(named), 1000) },
  packageFacts: having({
    ...{ version: word, position: orNull(position) },
    /** Commit of the source, if it is set. */
    revision: orNull(word),
    /** File that `meta.position` names. */
    file: orNull(place),
    system: word,
  }),
  sources: list(
    having({
      /** Attribute path, from the package. */
      attribute: word,
      /** As written in the expression; null if this is not a fixed-output derivation. */
      hash: orNull(word),
      /** Differs if the source or its address differs. */
      identity: place,
    }),
    2,
  ),
  outputFacts: having({
    drv: place,
    /** As written in the expression; null if this is not a fixed-output derivation. */
    hash: orNull(word),
    algorithm: orNull(word),
    /** Where the hash may be written, the likeliest first. */
    positions: list(position, 100),
  }),
  stringFacts: having({ value: text(100_000), position: orNull(position) }),
  described: having(seen),
  /** `drv` is null if it has `uvDeps` or does not evaluate. */
  derivations: list(having({ ...seen, hasUvDeps: yesOrNo, drv: orNull(place), isFixed: yesOrNo }), 10_000),
};

export type NixQuestion = keyof typeof answers;
export type NixAnswer<Q extends NixQuestion> = Valid<(typeof answers)[Q]>;
export type Position = Valid<typeof position>;

/** Questions whose derivations are written into the store, so that they can be built. */
export const written: readonly NixQuestion[] = [
  ...(['package', 'selected', 'source', 'requires', 'rehashed', 'foreign', 'outputFacts'] as const),
];
