/** Names of the changes inside a package, by the kinds of `[policy]` (docs/contents.md). */
export const kindNames = {
  'startup-code': 'code that runs whenever Python starts',
  'path-file': 'file that adds to the module search path',
  'native-library': 'native library',
  'system-library': 'system library that it needs',
  'console-script': 'program',
  'top-level-module': 'top-level module',
  'outside-file': "file outside of the package's folder",
  'shared-file': 'file that another package also installs',
  form: 'other form',
  'build-backend': 'build backend',
  size: 'size',
  'invalid-archive': 'archive that readers may understand differently',
};
export type ContentKind = keyof typeof kindNames;
export const contentKinds = Object.keys(kindNames) as readonly ContentKind[];

/** One difference between the wheels of two versions. All text in it is untrusted. */
export interface ContentChange {
  readonly kind: ContentKind;
  /** An installed path, or the name of a script, a module or a library. */
  readonly what: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** Details, such as the line that is run, or the other package. */
  readonly detail?: string;
  /** Not set: on each system that was compared. */
  readonly systems?: readonly string[];
}

/** Differences inside one package. */
export interface PackageContents {
  readonly name: string;
  /** Versions; without `before` the package is new. */
  readonly before?: string;
  readonly after: string;
  readonly changes: readonly ContentChange[];
  /** Changes beyond the limit, which are not listed. */
  readonly more?: number;
  /** Files and their unpacked bytes, of the first system. */
  readonly size?: { readonly before?: WheelSize; readonly after: WheelSize };
}

export interface WheelSize {
  readonly files: number;
  readonly bytes: number;
}

/** A package whose old or new files were not read. */
export interface NotCompared {
  readonly name: string;
  readonly version?: string;
  /** The reason, as a clause. */
  readonly why: string;
  /** The kinds of changes that are unknown for that reason; not set: all. */
  readonly kinds?: readonly ContentKind[];
}

/** The changes inside the packages between two plans. */
export interface Contents {
  readonly packages: readonly PackageContents[];
  readonly notCompared: readonly NotCompared[];
}
