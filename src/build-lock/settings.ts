import path from 'node:path';
import type { Project, ReadText } from '../uv/lock/project.ts';
import { parseToml, type TomlTable } from '../uv/lock/toml.ts';

/**
 * uv's settings of a project for its build requirements: `uv.toml` beside the lock, else
 * `[tool.uv]`.
 */
export async function uvSettings(project: Project, read: ReadText): Promise<TomlTable> {
  const file = path.join(project.root, 'uv.toml');
  const text = await read(file);
  return text === undefined ? (project.rootPyproject?.uv ?? {}) : parseToml(text, file);
}
