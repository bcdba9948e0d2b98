import type { components } from '@octokit/openapi-types';
import type { Git } from './git.ts';
import type { EndedRun } from './workflow-run.ts';

/** GitHub's own REST schemas. */
export type Schemas = components['schemas'];

/**
 * A part of one of GitHub's schemas: any field may be missing, none may be misnamed or of another
 * type. What the server answers is checked against it, so that a field of our own making does not
 * compile.
 */
export type Part<T> = T extends readonly (infer Item)[]
  ? Part<Item>[]
  : T extends object
    ? { [Key in keyof T]?: Part<T[Key]> }
    : T;

/** `read` or `write`, as in a workflow's `permissions:`. */
export type Level = 'read' | 'write';

/**
 * Names of the permissions that the routes here ask for, as GitHub's REST documentation names them.
 */
export type Permission = 'contents' | 'pull_requests' | 'issues' | 'administration' | 'statuses' | 'actions';

/** What a token stands for. */
export interface TokenOptions {
  /** Name in the request log; never the token itself. */
  name?: string;
  /**
   * `integration` is GITHUB_TOKEN or an App, `personal` a user's token: refusals and signatures
   * differ.
   */
  kind?: 'integration' | 'personal';
  /** Who the token writes as. */
  login?: string;
  permissions?: { [Name in Permission]?: Level };
  /**
   * The setting "Allow GitHub Actions to create and approve pull requests"; it binds GITHUB_TOKEN.
   */
  mayCreatePullRequests?: boolean;
}

export interface Token extends Required<TokenOptions> {}

/** One request, as it came in. */
export interface LoggedRequest {
  /** Counts from 1 over all requests. */
  number: number;
  /** Counts from 1 over the requests that could write; 0 for one that only reads. */
  write: number;
  method: string;
  path: string;
  query: string;
  /** Name of the token, or null where none was sent or it is unknown. */
  token: string | null;
  body: unknown;
  /**
   * Status that was answered; 0 while under way or where the connection was cut before an answer.
   */
  status: number;
}

/** Something that goes wrong with one request. */
export type Fault =
  /** Answers this instead; nothing is done. */
  | { kind: 'answer'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Cuts the connection before anything is done. */
  | { kind: 'reset' }
  /** Does nothing and answers nothing for this long (default: until the client goes away). */
  | { kind: 'stall'; milliseconds?: number }
  /** Does it, and sends the first half of the JSON answer as if it were whole. */
  | { kind: 'cut' }
  /** Does it, then cuts the connection without an answer. */
  | { kind: 'drop' }
  /** Does it after a wait. */
  | { kind: 'delay'; milliseconds: number };

/**
 * Asked before each request is handled. May itself do things, such as moving a branch between a
 * read and a write.
 */
export type Faults = (request: LoggedRequest) => Fault | undefined | Promise<Fault | undefined>;

export interface GitHubOptions {
  /** `owner/name` of the one repository that is served. */
  repository: string;
  /** Folder of the bare git repository. */
  bare: string;
  /** Port on 127.0.0.1; 0 or none: any free one. */
  port?: number;
  /** Known tokens. */
  tokens?: Record<string, TokenOptions>;
  /** A private repository answers 404 to whoever may not read it. */
  private?: boolean;
  /** JSON file that keeps pull requests, comments and labels from one process to the next. */
  stateFile?: string;
  /** Branches that nobody may write, as a ruleset would have it. */
  protectedBranches?: string[];
  /**
   * Who may be assigned and asked to review, users and `org/team`s; not given: whoever is named.
   */
  collaborators?: string[];
  /** False where the repository's plan has no draft pull requests. */
  drafts?: boolean;
  /** Requests allowed before the primary rate limit; the window ends after `resetInSeconds`. */
  rateLimit?: { limit: number; resetInSeconds: number };
  faults?: Faults;
  /** Sees each request after it was answered. */
  onRequest?: (request: LoggedRequest) => void;
}

export interface GitHub {
  /**
   * Base of the REST API; GraphQL is at `<url>/graphql`, pages at
   * `<url>/<owner>/<name>/pull/<number>`.
   */
  url: string;
  port: number;
  /** Every request so far, oldest first. */
  requests: readonly LoggedRequest[];
  /** Requests that could write. */
  writes: () => LoggedRequest[];
  /** Replaces the fault hook; none: no faults. */
  setFaults: (faults?: Faults) => void;
  /** The payload of `workflow_run` for a run that has ended. */
  workflowRun: (run: EndedRun) => object;
  /** Serves a fork in this bare repository, whose objects are the same folder: `owner/name`. */
  addFork: (fullName: string, bare: string) => void;
  /** The repository behind it. */
  git: Git;
  /** Stops listening and cuts what is open. */
  close: () => Promise<void>;
}
