export { normalizeName } from './names.ts';
export { parseLock } from './parse.ts';
export { loadProject, type Project, type ReadText } from './project.ts';
export { parseToml, type TomlTable } from './toml.ts';
export type { Lock } from './types.ts';
