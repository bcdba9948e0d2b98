import type { Marker } from './marker.ts';
import type { WheelName } from './wheel-name.ts';

/** Where a package comes from; paths are as the lock writes them, relative to the lock's folder or absolute. */
export type Source =
  | { readonly kind: 'registry'; readonly url: string }
  | { readonly kind: 'registry-path'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string; readonly subdirectory: string | undefined }
  | { readonly kind: 'path'; readonly path: string }
  | GitSource
  | { readonly kind: 'directory' | 'editable' | 'virtual'; readonly path: string };

export interface GitSource {
  readonly kind: 'git';
  /** The repository, without credentials, query and fragment. */
  readonly url: string;
  /** 40 hexadecimal digits, lower case. */
  readonly commit: string;
  readonly subdirectory: string | undefined;
  /** An archive or wheel inside the repository that is the package, rather than a source tree. */
  readonly path: string | undefined;
  readonly lfs: boolean;
  /** What was asked for when the lock was made; the default branch where undefined. */
  readonly ref: { readonly kind: 'rev' | 'tag' | 'branch'; readonly name: string } | undefined;
}

/** One file that a lock offers for a package. */
export interface LockedFile {
  readonly url: string | undefined;
  /** Relative to the index's folder, for an index that is a folder. */
  readonly path: string | undefined;
  /** `algorithm:hexadecimal`, as the lock writes it. */
  readonly hash: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
}

export interface LockedWheel extends LockedFile {
  readonly name: WheelName;
}

export interface Dependency {
  readonly package: LockedPackage;
  /** Only extras that the package has; others that were asked for are dropped, as uv does. */
  readonly extras: readonly string[];
  readonly marker: Marker | undefined;
}

export interface LockedPackage {
  readonly name: string;
  /** Absent for a source tree whose version is dynamic. */
  readonly version: string | undefined;
  readonly source: Source;
  readonly wheels: readonly LockedWheel[];
  readonly sdist: LockedFile | undefined;
  readonly resolutionMarkers: readonly Marker[];
  readonly dependencies: readonly Dependency[];
  readonly extras: ReadonlyMap<string, readonly Dependency[]>;
  readonly groups: ReadonlyMap<string, readonly Dependency[]>;
  /** Extras and groups that the package's own metadata declares, empty ones too. */
  readonly declaredExtras: readonly string[];
  readonly declaredGroups: readonly string[];
  /** Revision 5 and later, where they are not uv's own default. */
  readonly defaultGroups: DefaultGroups | undefined;
  /** Python that a group asks for beyond the lock's own. */
  readonly groupRequiresPython: ReadonlyMap<string, string>;
  /** Line of the package's table, counted from 1; searched for when asked. */
  line(): number | undefined;
}

export type DefaultGroups = readonly string[] | 'all';

/** A requirement of a workspace root that is no project itself. */
export interface RootRequirement {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: Marker | undefined;
}

/** One member of a set of which at most one may be active. */
export interface ConflictItem {
  readonly package: string;
  readonly kind: 'project' | 'extra' | 'group';
  /** The extra's or group's name; empty for a project. */
  readonly name: string;
}

export interface Lock {
  /** The file's name, as errors give it. */
  readonly file: string;
  readonly revision: number;
  readonly requiresPython: string;
  readonly resolutionMarkers: readonly Marker[];
  /** `tool.uv.environments` as it was when the lock was made; empty where every environment is supported. */
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
