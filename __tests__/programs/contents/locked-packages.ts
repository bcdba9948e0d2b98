import { type FileServer, sha256 } from '../../support/files/server.ts';
import { type ZippedFile, zipOf } from '../../support/files/zip.ts';

/** A package of a lock: its files by name, each with its bytes. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, Buffer>>;
  /** Without a digest in the lock. */
  readonly isOpen?: boolean;
  /** As the lock has it. */
  readonly uploadTime?: string;
}

/** A wheel of any files, by their names. */
export function wheelOf(
  name: string,
  version: string,
  files: readonly ZippedFile[],
  tags = 'py3-none-any',
): Record<string, Buffer> {
  const info: ZippedFile = {
    name: `${name}-${version}.dist-info/METADATA`,
    content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
  };
  return { [`${name}-${version}-${tags}.whl`]: zipOf([...files, info]) };
}

/** An sdist whose pyproject.toml states its build backend, which needs nothing. */
export function sdistOf(name: string, version: string, backend: string): Record<string, Buffer> {
  const content = `[build-system]\nrequires = []\nbuild-backend = "${backend}"\nbackend-path = ["."]\n`;
  return {
    [`${name}-${version}.zip`]: zipOf([{ name: `${name}-${version}/pyproject.toml`, content }]),
  };
}

/** Serves the packages' files, and writes a lock of them. */
export function lockText(packages: readonly LockedPackage[], server: FileServer): string {
  const names = packages.map(({ name }) => `{ name = "${name}" }`).join(', ');
  const own = `[[package]]\nname = "small"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [${names}]\n`;
  const entries = packages.map(({ name, version, files, isOpen, uploadTime }) => {
    const [wheels, sdists] = [false, true].map((isSdist) =>
      Object.entries(files).flatMap(([filename, bytes]) => {
        if (filename.endsWith('.whl') === isSdist) return [];
        const at = `/${sha256(bytes)}/${filename}`;
        server.answers.set(at, (_, response) => void response.end(bytes));
        const facts = [
          `url = "${server.origin}${at}"`,
          ...(isOpen ? [] : [`hash = "sha256:${sha256(bytes)}"`]),
          `size = ${bytes.length}`,
          ...(uploadTime === undefined ? [] : [`upload-time = "${uploadTime}"`]),
        ];
        return [`{ ${facts.join(', ')} }`];
      }),
    );
    const lines = [`wheels = [${wheels?.join(', ')}]`, ...(sdists ?? []).map((one) => `sdist = ${one}`)];
    return `[[package]]\nname = "${name}"\nversion = "${version}"\nsource = { registry = "${server.origin}/simple" }\n${lines.join('\n')}\n`;
  });
  return `version = 1\nrequires-python = ">=3.14"\n\n${[own, ...entries].join('\n')}`;
}
