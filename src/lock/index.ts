export type { Marker, MarkerTerm } from './marker.ts';
export { normalizeName } from './names.ts';
export { parseLock } from './parse.ts';
export { loadProject, type Project, type ReadText } from './project.ts';
export type { PackageRule, Pyproject, Settings } from './settings.ts';
export { parseToml, type TomlTable } from './toml.ts';
export type {
  ConflictItem,
  Dependency,
  GitSource,
  Lock,
  LockedFile,
  LockedPackage,
  LockedWheel,
  Source,
} from './types.ts';
