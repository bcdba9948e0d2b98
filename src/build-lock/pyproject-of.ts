import { UserError } from '../system/errors.ts';
import { parseToml } from '../uv/lock/toml.ts';

/** The default build requirements (PEP 517, "Source trees"). */
const legacyRequires = ['setuptools>=40.8.0'];

/**
 * The build requirements that a pyproject.toml declares (PEP 518).
 * @param text undefined if the file is missing
 * @throws UserError `pyproject-invalid`
 */
export function buildRequires(text: string | undefined, label: string): string[] {
  if (text === undefined) return legacyRequires;
  let table: { 'build-system'?: { requires?: unknown } };
  try {
    table = parseToml(text, 'pyproject.toml') as typeof table;
  } catch (cause) {
    throw new UserError(
      'pyproject-invalid',
      `The build requirements of ${label} can't be read: ${(cause as Error).message}`,
      { cause },
    );
  }
  const system = table['build-system'];
  if (system === undefined) return legacyRequires;
  const requires = system.requires;
  if (!Array.isArray(requires) || !requires.every((item) => typeof item === 'string')) {
    throw new UserError(
      'pyproject-invalid',
      `The pyproject.toml of ${label} has a [build-system] without a list of strings 'requires'.`,
    );
  }
  return requires;
}

/**
 * Reads the pyproject.toml of an sdist; no other file is unpacked.
 * @param archive path of a `.tar.gz` or `.zip`
 * @param subdirectory below the archive's top folder
 */
export async function pyprojectOfSdist(
  archive: string,
  filename: string,
  subdirectory = '',
): Promise<string | undefined> {
  const wanted = [...subdirectory.split('/').filter(Boolean), 'pyproject.toml'].join('/');
  const isWanted = (name: string): boolean =>
    name.replace(/^\.\//, '').split('/').slice(1).join('/') === wanted;
  try {
    // Loaded on demand: most runs read no archive.
    const { fromTar, fromZip } = await import('./archive.ts');
    return await (filename.endsWith('.zip') ? fromZip : fromTar)(archive, isWanted);
  } catch (cause) {
    throw new UserError(
      'sdist-invalid',
      `${filename} can't be read as an archive: ${(cause as Error).message}. uv accepts .tar.gz and .zip; ask its authors for one of these.`,
      { cause },
    );
  }
}
