import path from 'node:path';
import { type Project, parseToml, type ReadText, type TomlTable } from '../uv/lock/index.ts';

/**
 * Uv's settings of a project as one table: `uv.toml` beside the lock where it is there, else `[tool.uv]`. Build
 * requirements are resolved under them, so that they come from the project's own indexes.
 */
export async function uvSettings(project: Project, read: ReadText): Promise<TomlTable> {
  const file = path.join(project.root, 'uv.toml');
  const text = await read(file);
  return text === undefined ? (project.rootPyproject?.uv ?? {}) : parseToml(text, file);
}
