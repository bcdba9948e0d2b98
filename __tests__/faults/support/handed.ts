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
    reports: Record<string, unknown>[];
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

/** One coded refusal; no request to the forge, nothing on the remote, nothing of ours called a defect. */
export async function expectRefused(acted: Acted, world: World, code = 'result-refused'): Promise<void> {
  expect(acted.errors.map(({ title }) => title)).toEqual([code]);
  expect(acted.code).toBe(1);
  expect(acted.log).not.toContain('defect of uv-fod');
  expect(world.github.writes().filter(({ method, path: at }) => !isRelease(method, at))).toEqual([]);
  expect(await world.repository.refs()).not.toContain('uv-fod/');
}

/** Releases are the tests' own. */
const isRelease = (method: string, at: string): boolean => method === 'POST' && at.endsWith('/releases');
