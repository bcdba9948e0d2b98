import type { Marker } from './marker.ts';
import type { TomlPlace } from './reader.ts';
import type { TomlTable } from './toml.ts';
import type { WheelName } from './wheel-name.ts';

/** A package's source. Paths are absolute, or relative to the lock's folder. */
export type PackageSource =
  | { readonly kind: 'registry'; readonly url: string }
  | { readonly kind: 'registry-path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly subdirectory: string | undefined }
  | { readonly kind: 'path'; readonly path: string }
  | GitSource
  | TreeSource;

/** A folder. */
export interface TreeSource {
  readonly kind: 'directory' | 'editable' | 'virtual';
  readonly path: string;
}

export interface GitSource {
  readonly kind: 'git';
  /** The repository, without credentials, query and fragment. */
  readonly url: string;
  /** 40 hexadecimal digits, lower case. */
  readonly commit: string;
  readonly subdirectory: string | undefined;
  /** An archive or wheel in the repository, if that is the package. */
  readonly path: string | undefined;
  readonly lfs: boolean;
  /** The requested reference; undefined: the default branch. */
  readonly ref: { readonly kind: 'rev' | 'tag' | 'branch'; readonly name: string } | undefined;
}

/** A file of a package. */
export interface LockedFile {
  readonly url: string | undefined;
  /** Relative to the folder of a local index. */
  readonly path: string | undefined;
  /** `algorithm:hexadecimal`. */
  readonly hash: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  /** Upload time in the lock, from the index: a claim, not a fact. */
  readonly uploadTime?: string;
}

export interface LockedWheel extends LockedFile {
  readonly name: WheelName;
}

export interface Dependency {
  readonly package: LockedPackage;
  /** Only extras that the package has; as in uv, others are ignored. */
  readonly extras: readonly string[];
  readonly marker: Marker | undefined;
}

export interface LockedPackage {
  readonly name: string;
  /** Undefined for a source tree with a dynamic version. */
  readonly version: string | undefined;
  readonly source: PackageSource;
  readonly wheels: readonly LockedWheel[];
  readonly sdist: LockedFile | undefined;
  readonly resolutionMarkers: readonly Marker[];
  readonly dependencies: readonly Dependency[];
  readonly extras: ReadonlyMap<string, readonly Dependency[]>;
  readonly groups: ReadonlyMap<string, readonly Dependency[]>;
  /** Extras and groups in the package's metadata, empty ones included. */
  readonly declaredExtras: readonly string[];
  readonly declaredGroups: readonly string[];
  /** From revision 5 on, if they are not uv's default. */
  readonly defaultGroups: DefaultGroups | undefined;
  /** A group's own `requires-python`. */
  readonly groupRequiresPython: ReadonlyMap<string, string>;
  /** `[package.metadata]`, which `changedRequirements` reads. */
  readonly metadata: TomlTable | undefined;
  readonly place: TomlPlace;
}

export type DefaultGroups = readonly string[] | 'all';

/** A requirement of a virtual workspace root. */
export interface RootRequirement {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: Marker | undefined;
}

/** A member of a set of conflicting items. */
export interface ConflictItem {
  readonly package: string;
  readonly kind: 'project' | 'extra' | 'group';
  /** Name of the extra or group; empty for a project. */
  readonly name: string;
}

export interface Lock {
  /** The file's name in errors. */
  readonly file: string;
  readonly revision: number;
  readonly requiresPython: string;
  readonly resolutionMarkers: readonly Marker[];
  /** `tool.uv.environments` of the lock; empty: all environments. */
  readonly supportedMarkers: readonly Marker[];
  readonly conflicts: readonly (readonly ConflictItem[])[];
  readonly members: readonly string[];
  readonly requirements: readonly RootRequirement[];
  readonly groups: ReadonlyMap<string, readonly RootRequirement[]>;
  readonly groupRequiresPython: ReadonlyMap<string, string>;
  readonly defaultGroups: DefaultGroups | undefined;
  readonly packages: readonly LockedPackage[];
  readonly byName: ReadonlyMap<string, readonly LockedPackage[]>;
}
