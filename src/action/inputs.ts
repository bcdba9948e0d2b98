import path from 'node:path';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { isBranchName, isRootAttribute, rootAttributeText } from '../config/names.ts';
import { defaultName, listOf, readChoices } from '../config/package.ts';
import { type PullRequestOptions, readPullRequest } from '../config/pull-request.ts';
import { FirstMistake, TableReader } from '../config/reader.ts';
import type { NixRoot } from '../nix/target.ts';
import { isInnerPath, pathBelow } from '../system/inside.ts';

const texts = [
  ...['mode', 'attribute', 'file', 'flake', 'expression', 'config', 'token', 'forge', 'base', 'branch'],
  ...['compare-with', 'compute-workflow', 'forks', 'result', 'cache-to', 'dependencies', 'interpreter'],
  ...['title', 'body', 'commit-message', 'milestone'],
];
const lists = ['labels', 'reviewers', 'assignees', 'imports'];
/** Inputs that take `true` and `false`, in any case. */
const flags = [
  ...['find-releases', 'pull-request', 'fail-after-push', 'commit-status', 'verify', 'allow-drift', 'cache'],
  ...['skip-second-derivation', 'allow-unsandboxed', 'draft', 'auto-merge'],
];

/** The Action's inputs. */
export type Inputs = ReturnType<typeof loadInputs>;

/** Returns an input's text, empty if it is not set. */
type GetInput = (name: string) => string;

const mistakes = new FirstMistake((name) => `Input '${name}'`);

/**
 * Reads and checks the inputs, by the rules of the configuration's keys.
 * @throws UserError `input-invalid`
 */
export function loadInputs(get: GetInput, workspace: string) {
  const table = Object.fromEntries(
    [...texts, ...lists, ...flags].flatMap((name) => {
      const text = get(name);
      return text === '' ? [] : [[name, typed(name, text)]];
    }),
  );
  return TableReader.read(table, [], mistakes, (inputs) => {
    const read = { workspace, ...readPackage(inputs, workspace), ...readRun(inputs, workspace) };
    checkTogether(read, inputs);
    return read;
  });
}

function typed(name: string, text: string): unknown {
  if (lists.includes(name)) return listOf(text);
  if (!flags.includes(name)) return text;
  const word = text.toLowerCase();
  return ['true', 'false'].includes(word) ? word === 'true' : word;
}

/** The inputs about the package and its pull request. */
function readPackage(table: TableReader, workspace: string) {
  const nix = readNix(table, workspace);
  const attribute = table.string('attribute', rootAttributeText, isRootAttribute) ?? '';
  const isNamed = attribute !== '' || table.has('file');
  for (const key of ['allow-drift', 'dependencies', 'imports', 'interpreter'])
    if (!isNamed && table.has(key) && table.raw(key) !== false)
      table.wrong(key, "has no meaning without 'attribute': the configuration has it for each package");
  const usual = isNamed ? defaultName(attribute, nix) : 'update';
  const branchText = "a branch name without 'refs/heads/', such as uv-fod/authentik";
  /** Overrides a package's options for pull requests with the inputs. */
  const options = (below?: PullRequestOptions): PullRequestOptions => ({
    ...readPullRequest(table, below),
    branch: below?.branch,
  });
  options();
  return {
    /** Whether the inputs name the package; otherwise the configuration names the packages. */
    isNamed,
    /** Attribute path of the package; empty for a file that is one derivation. */
    attribute,
    /** The Nix code with the attribute; paths are relative to the workspace. */
    nix,
    /** Options of the package that the inputs name. */
    choices: readChoices(table),
    branch: table.string('branch', branchText, isBranchName) ?? `uv-fod/${usual}`,
    options,
  };
}

/** The inputs about the run. */
function readRun(table: TableReader, workspace: string) {
  const mode = table.oneOf('mode', ['update', 'check', 'compute', 'publish']) ?? 'update';
  const pullRequest = table.boolean('pull-request') ?? true;
  return {
    mode,
    /** Absolute path of the configuration. */
    config: inside(table, 'config', '.github/uv-fod.toml', workspace),
    /** Undefined: only in scheduled and manual runs. */
    findReleases: table.boolean('find-releases'),
    token: String(table.raw('token') ?? ''),
    /** `auto`: detected from the runner's environment. */
    forge: table.oneOf('forge', ['auto', 'github', 'forgejo', 'gitea']) ?? 'auto',
    /** Empty: the branch of the run. */
    base: table.string('base') ?? '',
    compareWith: table.string('compare-with'),
    pullRequest: mode === 'publish' || (mode === 'update' && pullRequest),
    /** Fail if the head of the pull request needed a commit. */
    failAfterPush: table.boolean('fail-after-push') ?? true,
    /** Set commit statuses on the head of a pull request. */
    commitStatus: table.boolean('commit-status') ?? false,
    /** Path of the workflow whose results `publish` accepts on `workflow_run`; empty: none. */
    computeWorkflow: table.string('compute-workflow') ?? '',
    /** How `publish` handles forks' pull requests on `workflow_run`; `compute` prepares for it. */
    forks: table.oneOf('forks', ['none', 'comment', 'push']) ?? 'none',
    /** Absolute path of a file that `compute` writes, or of a file or folder for `publish`. */
    result: inside(table, 'result', 'uv-fod-result.json', workspace),
    verify: table.boolean('verify') ?? true,
    /** Use the hash of Nix's build, without computing it a second time. */
    skipSecondDerivation: table.boolean('skip-second-derivation') ?? false,
    /** Allow builds without Nix's sandbox for untrusted contributors, and with a token. */
    allowUnsandboxed: table.boolean('allow-unsandboxed') ?? false,
    /** Keep downloads in the runner's cache. */
    cache: table.boolean('cache') ?? true,
    /** URL of the binary cache for verified outputs; undefined: the configuration's. */
    cacheTo: table.has('cache-to') ? String(table.raw('cache-to')) : undefined,
  };
}

/** Checks inputs that exclude or require each other. */
function checkTogether(
  { mode, token, pullRequest, verify, skipSecondDerivation, cacheTo }: ReturnType<typeof readRun>,
  table: TableReader,
): void {
  if (mode === 'check' && skipSecondDerivation)
    table.wrong('skip-second-derivation', 'is true with mode: check, which compares two computations');
  if (pullRequest && token === '')
    table.wrong(
      'token',
      'is missing; it takes a token that can write contents and pull requests (secrets are not available in runs for forks and Dependabot), or set pull-request: false',
    );
  if (cacheTo === undefined) return;
  if (!isCacheAddress(cacheTo))
    table.wrong('cache-to', `is '${cacheTo.replace(/:[^/@\s]*@/, ':…@')}'; it takes ${cacheText}`);
  if (mode === 'check' || mode === 'publish')
    table.wrong('cache-to', 'has no meaning with mode: check or mode: publish, which copy nothing');
  if (!verify)
    table.wrong('cache-to', 'has no meaning with verify: false, because only verified outputs are copied');
}

function readNix(table: TableReader, workspace: string): NixRoot {
  const isFolder = (text: string): boolean => text === '.' || isInnerPath(text);
  const folderText = "the folder of a flake.nix inside the checkout, such as '.' or nix/backend";
  const [name, other] = ['file', 'flake', 'expression'].filter((one) => table.has(one));
  if (other !== undefined) table.wrong(other, `has no meaning together with '${name}'`);
  if (name !== undefined && name !== 'file' && !table.has('attribute'))
    table.wrong(name, "has no meaning without 'attribute': the configuration has it for each package");
  const flake = table.string('flake', folderText, isFolder);
  const expression = table.string('expression');
  const file = path.relative(workspace, inside(table, 'file', 'default.nix', workspace));
  if (flake !== undefined) return { kind: 'flake', flake };
  return expression === undefined ? { kind: 'file', file } : { kind: 'expression', expression };
}

/** Reads the path of a file in the checkout. @returns the absolute path */
function inside(table: TableReader, name: string, usual: string, workspace: string): string {
  const isInside = (text: string): boolean =>
    isInnerPath(pathBelow(workspace, path.resolve(workspace, text)) ?? '');
  return path.resolve(workspace, table.string(name, 'a file inside the checkout', isInside) ?? usual);
}
