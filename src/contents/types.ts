/** What can be new in a package; each is a kind of `[policy]` (docs/contents.md). */
export const contentKinds = [
  'startup-code',
  'path-file',
  'native-library',
  'system-library',
  'console-script',
  'top-level-module',
  'outside-file',
  'shared-file',
  'form',
  'build-backend',
  'size',
  'invalid-archive',
] as const;
export type ContentKind = (typeof contentKinds)[number];

/** One difference between the wheels of two versions. All text in it is untrusted. */
export interface ContentChange {
  readonly kind: ContentKind;
  /** A path as it is installed, or the name of a script, a module or a library. */
  readonly what: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** More about it, such as the line that is run, or the other package. */
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
  /** As a clause. */
  readonly why: string;
  /** The only kinds that are not known for that reason; not set: all. */
  readonly kinds?: readonly ContentKind[];
}

/** What changed inside the packages between two plans. */
export interface Contents {
  readonly packages: readonly PackageContents[];
  readonly notCompared: readonly NotCompared[];
}
