// Parts of a lock that uv writes next to the packages, as text: the rest stays byte for byte as uv
// wrote it.

/** `[options]` with its tables, each up to the next header. */
const OPTIONS = /^\[options(?:\.[\w-]+)?\]\n(?:(?!\[).*\n)*/gm;

/** `[options]` of a lock as text, empty without one. */
export const optionsOf = (lock: string): string => [...lock.matchAll(OPTIONS)].map(([text]) => text).join('');

/** The lock with other options, where uv writes them. */
export function withOptions(lock: string, options: string): string {
  const bare = lock.replace(OPTIONS, '');
  const at = bare.search(/^\[(?:manifest|\[)/m);
  return at < 0 ? `${bare}\n${options}` : `${bare.slice(0, at)}${options}${bare.slice(at)}`;
}

/** Upload times until which files count: for all packages, and for some by name. */
export interface Until {
  /** ISO 8601, in seconds. */
  readonly time: string;
  /** By name; false: all files of the package count. */
  readonly packages: ReadonlyMap<string, string | false>;
}

/**
 * The options that uv would record: it keeps the versions of a lock only if it was made with the
 * same ones (uv 0.9 and older).
 */
export function optionsUntil(options: string, { time, packages }: Until): string {
  const others = options
    .replace(/^\[options\.exclude-newer-package\]\n(?:(?!\[).*\n)*/m, '')
    .split('\n')
    .filter((line) => line !== '' && line !== '[options]' && !line.startsWith('exclude-newer'));
  const own = [...packages].map(([name, until]) => `${name} = ${JSON.stringify(until)}\n`);
  const table = own.length === 0 ? '' : `[options.exclude-newer-package]\n${own.join('')}\n`;
  return `[options]\n${[...others, `exclude-newer = "${time}"`].join('\n')}\n\n${table}`;
}

/** The lock without the static metadata of these packages, which only uv-fod's copy declares. */
export function withoutMetadata(lock: string, names: ReadonlySet<string>): string {
  const bare = lock.replace(
    /^\[\[manifest\.dependency-metadata\]\]\nname = "([^"]+)"\n(?:(?!\[).*\n)*/gm,
    (whole, name: string) => (names.has(name) ? '' : whole),
  );
  // A header without keys.
  return bare.replace(/^\[manifest\]\n\n(?=\[\[package\]\])/m, '');
}

/** The lock without the versions of these packages, whose build backends alone know them. */
export function withoutVersions(lock: string, names: ReadonlySet<string>): string {
  return lock.replace(/^(\[\[package\]\]\nname = "([^"]+)"\n)version = .*\n/gm, (whole, head, name) =>
    names.has(name as string) ? (head as string) : whole,
  );
}
