import { pyproject } from './projects.ts';

export interface MadeProject {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  /** Plan from this folder below the project; the project itself where undefined. */
  readonly from?: string;
}

export interface Places {
  /** The loopback server's address. */
  readonly server: string;
  /** A git repository on disk with a package at its root and two in folders. */
  readonly repository: string;
}

/** A `[tool.uv]` table. */
export const toolUv = (text: string): string => `[tool.uv]\n${text}\n`;
/** A project of one file. */
export const one = (name: string, dependencies: readonly string[], more = ''): MadeProject => ({
  name,
  files: { 'pyproject.toml': pyproject('root', dependencies, more) },
});
