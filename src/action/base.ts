import { parseConfig } from '../config/parse.ts';
import type { Config } from '../config/types.ts';
import { UserError } from '../system/errors.ts';
import { once } from '../system/promises.ts';
import { type Checkout, textInCommit } from '../update/checkout.ts';
import { settingsOfLocks } from '../uv/lock/project.ts';
import type { TomlTable } from '../uv/lock/toml.ts';
import type { Trust } from './trust.ts';

/** The commit that decides in a run (trust.ts), as far as the event names one. */
export interface Base {
  /**
   * Its configuration; undefined if it has none. The copy of a pull request is never used.
   * @throws UserError `base-commit-missing`, and those of `parseConfig`
   */
  readonly config: () => Promise<Config | undefined>;
  /** uv's settings beside each of its locks; none if the commit is not known or not there. */
  readonly settings: () => Promise<TomlTable[]>;
  /** Text of its build lock (docs/nix.md, "How a build lock is verified"). */
  readonly text: (file: string) => Promise<string | undefined>;
}

/** @param file the configuration */
export function baseOf({ configuration }: Trust, file: string, checkout: () => Promise<Checkout>): Base {
  const opened = async (): Promise<(Checkout & { commit: string }) | undefined> => {
    if (configuration.from === 'nowhere') return undefined;
    const found = await checkout();
    return { ...found, commit: configuration.from === 'commit' ? configuration.commit : found.head };
  };
  const config = once(async () => {
    const found = await opened();
    if (found === undefined) return undefined;
    const { commit, has, textAt } = found;
    if (!(await has(commit))) {
      throw new UserError(
        'base-commit-missing',
        `Commit ${commit}, whose configuration this run uses, is not in the checkout and can't be fetched. Set fetch-depth: 0 for actions/checkout.`,
      );
    }
    const text = await textAt(commit, file);
    return text === undefined ? undefined : parseConfig(text, file);
  });
  const text: Base['text'] = async (lock) => {
    const found = await opened();
    return found && textInCommit(found, found.commit, lock);
  };
  const settings: Base['settings'] = async () => {
    const found = await opened();
    if (found === undefined) return [];
    const { commit, locksAt, textAt, root } = found;
    return settingsOfLocks(await locksAt(commit), (file) => textAt(commit, file), root);
  };
  return { config, settings, text };
}
