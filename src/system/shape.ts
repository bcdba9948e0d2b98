import { jsonOf } from './bounded-json.ts';

/**
 * Validates an untrusted value. Returns the problem as the end of a sentence that names fields and
 * quotes no content; undefined if the value is valid.
 * @param at the value's place, such as `files[2].path`
 * @typeParam T type of a valid value; `type` is never set, and only carries it
 */
export type Shape<T = unknown> = ((value: unknown, at: string) => string | undefined) & {
  readonly type?: T;
};

/** Type of the values that a shape allows. */
export type Valid<S> = S extends { readonly type?: infer T } ? T : never;

/** Untrusted JSON as a value of a shape; undefined if it is anything else. */
export function parsed<T>(text: string, shape: Shape<T>): T | undefined {
  const value = jsonOf(text);
  return value !== undefined && shape(value, 'it') === undefined ? (value as T) : undefined;
}

/** A string of at most `most` characters that matches `pattern`. */
export const text =
  (most: number, pattern?: Pick<RegExp, 'test'>): Shape<string> =>
  (value, at) => {
    if (typeof value !== 'string') return `${at} is not a string`;
    if (value.length > most) return `${at} is longer than ${most} characters`;
    return pattern === undefined || pattern.test(value) ? undefined : `${at} has a form that is not allowed`;
  };

/** A whole number between two limits, both included. */
export const whole =
  (least: number, most: number): Shape<number> =>
  (value, at) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `${at} is not a whole number from ${least} to ${most}`;

export const yesOrNo: Shape<boolean> = (value, at) =>
  typeof value === 'boolean' ? undefined : `${at} is not true or false`;

export const oneOf =
  <const T extends string | number>(...values: readonly T[]): Shape<T> =>
  (value, at) =>
    values.some((one) => one === value) ? undefined : `${at} is not one of ${values.join(', ')}`;

/** Null, undefined, or what `shape` allows. */
export const maybe =
  <T>(shape: Shape<T>): Shape<T | null | undefined> =>
  (value, at) =>
    value === null || value === undefined ? undefined : shape(value, at);

/** Null, or what `shape` allows. */
export const orNull =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, at) =>
    value === null ? undefined : shape(value, at);

export const anything: Shape = () => undefined;

/** An array of at most `most` items. */
export const list =
  <T>(item: Shape<T>, most: number): Shape<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) return `${at} is not a list`;
    if (value.length > most) return `${at} has more than ${most} items`;
    return first(value.map((one, index) => () => item(one, `${at}[${index}]`)));
  };

type Fields = Readonly<Record<string, Shape>>;
type ValidFields<R> = { readonly [Name in keyof R]: Valid<R[Name]> };

/** An object with these fields; unknown fields are allowed. `optional` ones are not null. */
export const having =
  <R extends Fields, O extends Fields = Record<never, Shape>>(
    required: R,
    optional?: O,
  ): Shape<ValidFields<R> & Partial<ValidFields<O>>> =>
  (value, at) => {
    if (!isObject(value)) return `${at} is not an object`;
    const get = (name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined);
    const given = Object.entries(optional ?? {}).filter(([name]) => Object.hasOwn(value, name));
    return first(
      [...Object.entries(required), ...given].map(
        ([name, shape]) =>
          () =>
            shape(get(name), `${at}.${name}`),
      ),
    );
  };

/** As `having`, without unknown fields. */
export const exactly: typeof having = (required, optional) => (value, at) => {
  const wrong = having(required, optional)(value, at);
  if (wrong !== undefined) return wrong;
  const isKnown = (name: string): boolean =>
    Object.hasOwn(required, name) || Object.hasOwn(optional ?? {}, name);
  return Object.keys(value as object).every(isKnown) ? undefined : `${at} has a field that is not known here`;
};

/** An object with any keys that match `key`. */
export const mapOf =
  <T>(key: Pick<RegExp, 'test'>, item: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, at) => {
    if (!isObject(value)) return `${at} is not an object`;
    return first(
      Object.entries(value).map(
        ([name, one]) =>
          () =>
            key.test(name) ? item(one, `${at}.${name}`) : `${at} has a key of a form that is not allowed`,
      ),
    );
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
