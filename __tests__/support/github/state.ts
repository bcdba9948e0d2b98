import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { StoredRun } from './run-routes.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface StoredPull {
  number: number;
  title: string;
  body: string | null;
  state: 'open' | 'closed';
  draft: boolean;
  user: string;
  /** `fork`: owner of the fork that has the branch. */
  head: { ref: string; sha: string; fork?: string };
  maintainer_can_modify: boolean;
  base: { ref: string; sha: string };
  labels: string[];
  assignees: string[];
  reviewers: string[];
  /** Slugs. */
  teams: string[];
  /** Number of its milestone. */
  milestone: number | null;
  auto_merge: { by: string; method: MergeMethod } | null;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
  merged_at: string | null;
  merge_commit_sha: string | null;
}

export interface StoredComment {
  id: number;
  issue: number;
  user: string;
  body: string;
  created_at: string;
}

/** What happened to a pull request: who added or took away what, who closed it. */
export interface StoredEvent {
  id: number;
  issue: number;
  event: string;
  actor: string;
  subject: string | null;
  created_at: string;
}

export interface StoredMilestone {
  number: number;
  title: string;
  state: 'open' | 'closed';
}

/** What the owner sets; at first as GitHub has it for a new repository. */
export interface Settings {
  allow_auto_merge: boolean;
  allow_merge_commit: boolean;
  allow_squash_merge: boolean;
  allow_rebase_merge: boolean;
  /** Checks that a branch requires. None of them ever passes here. */
  required: Record<string, string[]>;
}

export interface StoredRelease {
  id: number;
  tag_name: string;
  target_commitish: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  created_at: string;
  published_at: string | null;
}

export interface State {
  next: number;
  pulls: StoredPull[];
  comments: StoredComment[];
  events: StoredEvent[];
  labels: string[];
  milestones: StoredMilestone[];
  settings: Settings;
  releases: StoredRelease[];
  statuses: { sha: string; made: object }[];
  runs: StoredRun[];
}

/** State of the server, kept in a file where one is named. */
export interface Store {
  readonly state: State;
  save: () => void;
}

/** Opens the store; a file that is not there yet is an empty one. */
export function openStore(file?: string): Store {
  const state: State = {
    next: 1,
    pulls: [],
    comments: [],
    events: [],
    labels: ['bug', 'dependencies'],
    milestones: [],
    settings: {
      allow_auto_merge: false,
      allow_merge_commit: true,
      allow_squash_merge: true,
      allow_rebase_merge: true,
      required: {},
    },
    releases: [],
    statuses: [],
    runs: [],
  };
  if (file !== undefined) Object.assign(state, readState(file));
  return {
    state,
    save: () => {
      if (file === undefined) return;
      // Renamed into place, so that a server that is killed leaves the old state or the new one.
      writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
      renameSync(`${file}.new`, file);
    },
  };
}

function readState(file: string): Partial<State> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<State>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Writes down an event of a pull request. */
export function addEvent(
  store: Store,
  issue: number,
  event: string,
  actor: string,
  subject: string | null = null,
) {
  const { state } = store;
  state.events.push({ id: state.events.length + 1, issue, event, actor, subject, created_at: timestamp() });
}

/** Now, as GitHub writes times. */
export const timestamp = (): string => new Date().toISOString().replace(/\.\d+Z$/, 'Z');
