import { isUtf8 } from 'node:buffer';
import { lstat, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseBoundedJson, saysNoMore } from '../system/bounded-json.ts';
import { UserError } from '../system/errors.ts';
import { requireInside } from '../system/inside.ts';
import { printable } from '../system/printable.ts';
import { readBytes } from '../system/read-bytes.ts';
import type { Proposed } from './proposed.ts';
import { type ComputedResult, MOST_HELD, resultProblem } from './proposed-schema.ts';

/**
 * Maximum size of a result in bytes. In an upgrade, each part has a whole uv.lock; a result for a
 * pull request has no parts.
 */
export const mostResultBytes = { ofCommit: 50 * 1024 * 1024, ofPullRequest: 5 * 1024 * 1024 };
const bounds = { length: mostResultBytes.ofCommit, depth: 32 };
/** Maximum number of results; there is one for each system. */
const MAX_FILES = 64;
const MAX_ENTRIES = 1000;

/**
 * Writes the result for the publishing job, atomically. A link is replaced, not followed.
 * @throws UserError `file-outside`
 */
export async function writeResult(proposed: readonly Proposed[], head: string, file: string): Promise<void> {
  const handed = proposed.map(({ hashes: _, reports: __, isTrusted: ___, held, ...one }) => ({
    ...{ ...one, held: held.slice(0, MOST_HELD) },
  }));
  const result: ComputedResult = { version: 2, head, proposed: handed };
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, `${JSON.stringify(result, null, 2)}\n`, { flag: 'wx' });
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
}

/**
 * Removes the result of an earlier run, so that this run does not upload it.
 * @param root the checkout
 * @throws UserError `file-outside`, `result-refused`
 */
export async function removeResult(file: string, root: string): Promise<void> {
  await requireInside(root, path.dirname(file), 'The folder of the result');
  const found = await lstat(file).catch(() => undefined);
  if (found?.isDirectory())
    throw new UserError(
      'result-refused',
      `The result cannot be written to ${file}, which is a folder. Name a file with the input 'result'.`,
    );
  await rm(file, { force: true });
}

/**
 * Reads one result, or each `.json` below a folder of actions/download-artifact. Links are not
 * followed.
 * @param root the checkout
 * @param most maximum size of each in bytes
 * @returns an empty list if `place` is missing
 * @throws UserError `result-refused`, `file-outside`
 */
export async function readResults(place: string, root: string, most: number): Promise<ComputedResult[]> {
  await requireInside(root, path.dirname(place), 'The folder of the result');
  const found = await lstat(place).catch(() => undefined);
  const files = found === undefined ? [] : found.isDirectory() ? await filesIn(place) : [place];
  const results: ComputedResult[] = [];
  for (const file of files) results.push(await readResult(file, most));
  return results;
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(await realpath(folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  const fix = "Download only the build jobs' artifacts, into an empty folder.";
  if (entries.length > MAX_ENTRIES || files.length > MAX_FILES)
    throw new UserError('result-refused', `${folder} has more than ${MAX_FILES} results. ${fix}`);
  // A folder called x.json and any file with another name are not results.
  const other = entries.find((entry) => entry.isDirectory() === entry.name.endsWith('.json'));
  if (other)
    throw new UserError(
      'result-refused',
      `${folder} has ${printable(other.name)}, which is no result. ${fix}`,
    );
  const folders = new Set(files.map(({ parentPath }) => parentPath));
  if (folders.size < files.length)
    throw new UserError(
      'result-refused',
      `${folder} has two results in one artifact, which has to be one JSON file. ${fix}`,
    );
  return files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
}

/** Reads a regular file, not a link, pipe or device. */
async function readResult(file: string, most: number): Promise<ComputedResult> {
  const refuse = notResult(file);
  const bytes = await readBytes(file, most, 'refuse').catch((error: unknown) => {
    throw error instanceof UserError ? refuse(error.message.replace(/\.$/, '')) : error;
  });
  if (bytes === undefined) throw refuse('it is gone');
  if (!isUtf8(bytes)) throw refuse('it is not UTF-8');
  return parseResult(bytes.toString(), file);
}

/**
 * Parses a result; its content is not verified yet.
 * @throws UserError `result-refused`
 */
export function parseResult(text: string, file: string): ComputedResult {
  const refuse = notResult(file);
  let value: unknown;
  try {
    value = parseBoundedJson(text, bounds);
  } catch (error) {
    throw refuse((error as Error).message);
  }
  if (!saysNoMore(text, value))
    throw refuse('an object has a duplicate key, or it was not written by uv-fod');
  const problem = resultProblem(value);
  if (problem !== undefined) throw refuse(problem);
  return value as ComputedResult;
}

const notResult =
  (file: string) =>
  (why: string): UserError =>
    new UserError(
      'result-refused',
      `${printable(file)} is not a result of mode: compute (${why}). Run both jobs with the same version.`,
    );
