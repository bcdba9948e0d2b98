import * as core from '@actions/core';
import { UserError } from './errors.ts';
import { harmless, jsonText } from './printable.ts';

/** Bytes of a job summary (GitHub allows 1 MiB for each step), with room for the note. */
const mostSummary = 1_000_000;

/**
 * Sets an output of the step.
 * @throws UserError `output-unwritable`
 */
export function setOutput(name: string, value: string): void {
  try {
    core.setOutput(name, value);
  } catch (cause) {
    throw new UserError(
      'output-unwritable',
      `The output '${name}' can't be written to the file that GITHUB_OUTPUT names (${messageOf(cause)}); check the runner's temporary folder.`,
      { cause },
    );
  }
}

/** Sets an output to JSON without characters that a log or terminal obeys. */
export const setJson = (name: string, value: unknown): void => setOutput(name, jsonText(value));

/**
 * Adds to the job summary, if the runner has one. A failure is only a warning, because the log has
 * the same content.
 */
export async function writeSummary(environment: NodeJS.ProcessEnv, text: string): Promise<void> {
  if (!environment.GITHUB_STEP_SUMMARY) return;
  try {
    await core.summary.addRaw(shortened(text)).write();
  } catch (error) {
    core.warning(harmless(`The job summary can't be written (${messageOf(error)}).`));
  }
}

function shortened(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= mostSummary) return text;
  return `${bytes.subarray(0, mostSummary).toString()}\n\n(cut: the summary is longer than GitHub shows)\n`;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
