import { parse } from 'smol-toml';
import type { Literal } from './code-literals.ts';

/** Formats of data files that Nix code reads. */
export type DataFormat = 'json' | 'toml';

/** The format of a file by its name; undefined if Nix does not read it as data. */
export const dataFormat = (file: string): DataFormat | undefined =>
  /\.(json|toml)$/.exec(file)?.[1] as DataFormat | undefined;

const JSON_STRING = String.raw`"[^"\\]*(?:\\[\s\S][^"\\]*)*"`;
/** Matches all strings; in TOML (specification 1.0.0, "String" and "Comment") comments as well. */
const tokens: Readonly<Record<DataFormat, RegExp>> = {
  json: new RegExp(JSON_STRING, 'g'),
  toml: new RegExp(
    [
      '#[^\\n]*',
      String.raw`"""[^"\\]*(?:(?:\\[\s\S]|"(?!""))[^"\\]*)*"{3,5}`,
      "'''[^']*(?:'(?!'')[^']*)*'{3,5}",
      JSON_STRING,
      "'[^'\\n]*'",
    ].join('|'),
    'g',
  ),
};

const parsers: Readonly<Record<DataFormat, (text: string) => unknown>> = {
  json: JSON.parse,
  toml: (text) => parse(text, { integersAsBigInt: true }),
};

/**
 * Finds the strings of a data file that are values, so that one can be replaced without changing
 * anything else. If two members have the same name, the last one counts, as in Nix.
 * @throws SyntaxError
 */
export function dataLiterals(text: string, format: DataFormat): Literal[] {
  const read = (one: string): unknown => {
    try {
      return parsers[format](one);
    } catch (error) {
      throw new SyntaxError(error instanceof Error ? error.message.split('\n', 1)[0] : 'not readable');
    }
  };
  read(text);
  const found: { readonly start: number; readonly end: number; readonly token: string }[] = [];
  // The same document, with the number of each string in its place.
  const numbered = text.replace(tokens[format], (token: string, start: number) => {
    const isKey = format === 'json' && KEY.test(text.slice(start + token.length, start + token.length + 100));
    if (isKey || token.startsWith('#')) return token;
    found.push({ start, end: start + token.length, token });
    return `"${MARK}${found.length - 1}"`;
  });
  const textOf = (token: string): string =>
    format === 'json'
      ? (JSON.parse(token) as string)
      : String((read(`value = ${token}`) as { readonly value: unknown }).value);
  const numberOf = (one: string): (typeof found)[number] | undefined =>
    one.startsWith(MARK) ? found[Number(one.slice(MARK.length))] : undefined;
  const literals: Literal[] = [];
  const open: { readonly value: unknown; readonly path: readonly string[] }[] = [
    { value: read(numbered), path: [] },
  ];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { value, path } = at;
    const string = typeof value === 'string' ? numberOf(value) : undefined;
    if (string) {
      const { token, start, end } = string;
      const written = { value: textOf(token), name: path.at(-1), within: path, at: pathText(path, format) };
      literals.push({ start, end, ...written });
    } else if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
      for (const [key, one] of Object.entries(value)) {
        const quoted = numberOf(key);
        open.push({ value: one, path: [...path, quoted ? textOf(quoted.token) : key] });
      }
    }
  }
  return literals.sort((left, right) => left.start - right.start);
}

const MARK = 'uv-fod:';
/** The text after a JSON key. Quoted TOML keys are numbered too, and are looked up again. */
const KEY = /^\s*:/;

/** Keys and indexes of a JSON pointer (RFC 6901). */
export const pointerPath = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A path as messages write it: a JSON pointer, or keys with dots between them. */
export function pathText(path: readonly string[], format: DataFormat): string {
  if (format === 'json')
    return path.map((one) => `/${one.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return path.map((one) => (/^[\w-]+$/.test(one) ? one : JSON.stringify(one))).join('.');
}

/**
 * The string at a path.
 * @returns undefined if something else or nothing is there
 * @throws SyntaxError
 */
export function dataLiteralAt(
  text: string,
  format: DataFormat,
  path: readonly string[],
): Literal | undefined {
  const at = pathText(path, format);
  return dataLiterals(text, format).find((one) => one.at === at);
}
