import type { LoggedRequest } from '../github/types.ts';
import { normalise } from './normalise.ts';
import { describeRequest } from './requests.ts';

/** What a run looked like from outside: its log and what it asked GitHub. */
export class Scene {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * The log and the requests of a run, without what differs from run to run; for `toMatchSnapshot`.
 * @param more what else the scenario is about, by headings
 */
export function sceneOf(
  run: { readonly code: number; readonly log: string },
  requests: readonly LoggedRequest[],
  more: Readonly<Record<string, string>> = {},
): Scene {
  const sections = {
    [`log, exit ${run.code}`]: run.log.trim(),
    requests: requests.map(describeRequest).join('\n') || '(none)',
    ...more,
  };
  const text = Object.entries(sections)
    .map(([title, content]) => `--- ${title}\n${content}`)
    .join('\n');
  return new Scene(`\n${normalise(`${text}\n`)}`);
}

/** Prints a scene as it is, for `expect.addSnapshotSerializer`. */
export const sceneSerializer = {
  test: (value: unknown): boolean => value instanceof Scene,
  serialize: (value: unknown): string => (value as Scene).text,
};
