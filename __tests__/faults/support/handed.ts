import { expect } from '@jest/globals';
import type { Acted, World } from '../../support/scenario/world.ts';

/** What `mode: compute` hands over, as far as attacks change it. */
export interface HandedResult {
  version: unknown;
  head: unknown;
  proposed: {
    name: string;
    files: { path: string; content: string }[];
    subjects: Record<string, unknown>[];
    held: unknown[];
    computedFrom: unknown[];
    isUnverified: unknown;
    seen: Record<string, unknown>[];
  }[];
}

export type Change = (value: HandedResult) => void;

/** The only proposal. */
export function only({ proposed }: HandedResult): HandedResult['proposed'][number] {
  const [one] = proposed;
  if (!one) throw new Error('the result proposes nothing');
  return one;
}

/** Replaces a text in a file of the result; it has to be there. */
export const inFile =
  (name: string, from: string | RegExp, to: string): Change =>
  (value) => {
    const file = only(value).files.find((one) => one.path === name);
    const content = file?.content.replace(from, to);
    if (!file || content === undefined || content === file.content) throw new Error(`${name} stays as it is`);
    file.content = content;
  };

export const inNix = (from: string | RegExp, to: string): Change => inFile('default.nix', from, to);

export const subject =
  (fields: Record<string, unknown>, index = 0): Change =>
  (value) => {
    const one = only(value).subjects[index];
    if (one) Object.assign(one, fields);
  };

export const both =
  (...changes: readonly Change[]): Change =>
  (value) => {
    for (const change of changes) change(value);
  };

/**
 * How far each world was when it was looked at last, so that one attack that gets through does not
 * fail those after it.
 */
const seen = new WeakMap<World, { readonly requests: number; readonly refs: string }>();

/**
 * One coded refusal; nothing written to the forge since the last one, and nothing of ours called a
 * defect.
 */
export async function expectRefused(acted: Acted, world: World, code = 'result-refused'): Promise<void> {
  const refs = (await world.repository.refs()).split('\n').filter((line) => line.includes('uv-fod/'));
  const before = seen.get(world) ?? { requests: 0, refs: '' };
  seen.set(world, { requests: world.github.requests.length, refs: refs.join('\n') });
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.code).toBe(1);
  expect(acted.log).not.toContain('defect of uv-fod');
  const writes = world.github.requests.slice(before.requests).filter(({ write }) => write > 0);
  expect(writes.filter(({ method, path: at }) => !isRelease(method, at))).toEqual([]);
  expect(refs.join('\n')).toBe(before.refs);
}

/** Releases are the tests' own. */
const isRelease = (method: string, at: string): boolean => method === 'POST' && at.endsWith('/releases');
