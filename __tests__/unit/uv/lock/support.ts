import { parseLock } from '../../../../src/uv/lock/parse.ts';
import type { Lock } from '../../../../src/uv/lock/types.ts';

export const HEADER = 'version = 1\nrevision = 3\nrequires-python = ">=3.11"\n';
export const HASH = `sha256:${'0'.repeat(64)}`;

/** A registry package with one pure wheel; `more` goes into its table. */
export function registryPackage(name: string, version = '1.0', more = ''): string {
  const file = `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
  return `[[package]]
name = "${name}"
version = "${version}"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.index.example/${file}", hash = "${HASH}", size = 7 }]
${more}
`;
}

/** The project itself, which builds from its own folder. */
export function rootPackage(dependencies: string, more = ''): string {
  return `[[package]]\nname = "root"\nversion = "0"\nsource = { editable = "." }\ndependencies = [${dependencies}]\n${more}\n`;
}

export function lockOf(...parts: readonly string[]): Lock {
  return parseLock(HEADER + parts.join(''), 'uv.lock');
}
