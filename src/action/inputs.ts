import path from 'node:path';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { isBranchName, isRootAttribute, rootAttributeText } from '../config/names.ts';
import { defaultName, listOf, type PackageChoices, parseChoices } from '../config/package.ts';
import { noOptions, readPullRequest } from '../config/pull-request.ts';
import { FirstMistake, TableReader } from '../config/reader.ts';
import type { PullRequestOptions } from '../config/types.ts';
import type { NixRoot } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { isInnerPath, pathBelow } from '../system/inside.ts';

const modes = ['update', 'check', 'compute', 'publish'] as const;
const forges = ['auto', 'github', 'forgejo', 'gitea'] as const;

/** The Action's inputs. */
export type Inputs = ReturnType<typeof loadInputs>;

/** Returns an input's text, empty if it is not set. */
type GetInput = (name: string) => string;

/**
 * Reads and checks the inputs.
 * @throws UserError `input-invalid`
 */
export function loadInputs(get: GetInput, workspace: string) {
  const attribute = get('attribute');
  if (attribute !== '' && !isRootAttribute(attribute))
    throw invalid('attribute', attribute, rootAttributeText);
  const mode = oneOf('mode', get('mode') || 'update', modes);
  const flag = (name: string, usual: boolean): boolean =>
    oneOf(name, get(name).toLowerCase() || String(usual), ['true', 'false']) === 'true';
  const inside = (name: string, usual: string): string => innerFile(name, get(name) || usual, workspace);
  const nix = readNix(get, workspace);
  const isNamed = attribute !== '' || get('file') !== '';
  const inputs = {
    mode,
    workspace,
    /** Whether the inputs name the package; otherwise it is all packages of the configuration. */
    isNamed,
    /** Empty for a file that is one derivation. */
    attribute,
    /** Nix code that has the attribute; its paths are relative to the workspace. */
    nix,
    /** Absolute path of the configuration. */
    config: inside('config', '.github/uv-fod.toml'),
    /** Undefined: in scheduled and manual runs. */
    findReleases: get('find-releases') === '' ? undefined : flag('find-releases', true),
    token: get('token'),
    /** `auto`: detected by the runner's environment. */
    forge: oneOf('forge', get('forge') || 'auto', forges),
    /** Empty: the branch of the run. */
    base: get('base'),
    branch: readBranch(get, isNamed ? defaultName(attribute, nix) : 'update'),
    compareWith: get('compare-with'),
    pullRequest: mode === 'publish' || (mode === 'update' && flag('pull-request', true)),
    /** Fail if the head of the pull request needed a commit. */
    failAfterPush: flag('fail-after-push', true),
    /** Set commit statuses on the head of a pull request. */
    commitStatus: flag('commit-status', false),
    /** Path of the workflow whose results `publish` takes for `workflow_run`; empty: none. */
    computeWorkflow: get('compute-workflow'),
    /** What `publish` does for `workflow_run` on a fork's pull request, and `compute` prepares. */
    forks: oneOf('forks', get('forks') || 'none', ['none', 'comment', 'push']),
    /** Absolute path of a file that `compute` writes, or of a file or folder for `publish`. */
    result: inside('result', 'uv-fod-result.json'),
    verify: flag('verify', true),
    /** Use the hash of Nix's build, without computing it a second time. */
    skipSecondDerivation: flag('skip-second-derivation', false),
    /** Allow builds without Nix's sandbox for untrusted contributors, and with a token. */
    allowUnsandboxed: flag('allow-unsandboxed', false),
    /** Keep downloads in the runner's cache. */
    cache: flag('cache', true),
    /** URL of the binary cache for verified outputs; undefined: that of the configuration. */
    cacheTo: get('cache-to') || undefined,
    /** What they say of the package that they name. */
    choices: choicesOf(get, isNamed),
    /** Overrides options of pull requests by those that are inputs. */
    options: readOptions(get),
  };
  checkTogether(inputs);
  return inputs;
}

function readBranch(get: GetInput, name: string): string {
  const branch = get('branch') || `uv-fod/${name}`;
  if (isBranchName(branch)) return branch;
  throw invalid('branch', branch, "a branch name without 'refs/heads/', such as uv-fod/authentik");
}

/** Checks inputs that exclude or require each other. */
function checkTogether({ mode, token, pullRequest, verify, skipSecondDerivation, cacheTo }: Inputs): void {
  if (mode === 'check' && skipSecondDerivation) {
    const why = 'false with mode: check, which compares two computations of the hash';
    throw invalid('skip-second-derivation', 'true', why);
  }
  if (pullRequest && token === '') {
    throw invalid(
      'token',
      '',
      'a token that can write contents and pull requests (secrets are not available in runs for forks and Dependabot), or set pull-request: false',
    );
  }
  if (cacheTo === undefined) return;
  if (!isCacheAddress(cacheTo)) throw invalid('cache-to', withoutPassword(cacheTo), cacheText);
  if (mode === 'check' || mode === 'publish')
    throw invalid('cache-to', cacheTo, 'no value with mode: check or mode: publish, which copy nothing');
  if (!verify) {
    const why = 'no value with verify: false, because only verified outputs are copied';
    throw invalid('cache-to', cacheTo, why);
  }
}

const withoutPassword = (address: string): string => address.replace(/:[^/@\s]*@/, ':…@');

const roots = ['file', 'flake', 'expression'] as const;

function readNix(get: GetInput, workspace: string): NixRoot {
  const [name = 'file', other] = roots.filter((one) => get(one) !== '');
  const text = get(name) || 'default.nix';
  if (other !== undefined) throw invalid(other, get(other), `no value together with '${name}'`);
  if (get(name) !== '' && name !== 'file' && get('attribute') === '') {
    const why = "no value without 'attribute', because the configuration sets it for each package";
    throw invalid(name, text, why);
  }
  if (name === 'expression') return { kind: 'expression', expression: text };
  if (name === 'file')
    return { kind: 'file', file: path.relative(workspace, innerFile('file', text, workspace)) };
  if (text !== '.' && !isInnerPath(text))
    throw invalid('flake', text, "the folder of a flake.nix inside the checkout, such as '.' or nix/backend");
  return { kind: 'flake', flake: text };
}

const mistakes = new FirstMistake((name) => `Input '${name}'`);

function choicesOf(get: GetInput, isNamed: boolean): PackageChoices {
  const allowDrift = oneOf('allow-drift', get('allow-drift').toLowerCase() || 'false', ['true', 'false']);
  const names = ['dependencies', 'imports', 'interpreter'].filter((name) => get(name) !== '');
  const [first] = allowDrift === 'true' ? ['allow-drift'] : names;
  if (first !== undefined && !isNamed)
    throw invalid(
      first,
      get(first),
      "no value without 'attribute': the configuration has it for each package",
    );
  const given = Object.fromEntries(names.map((name) => [name, get(name)]));
  return parseChoices({ ...given, allowDrift: allowDrift === 'true' }, mistakes);
}

const texts = ['title', 'body', 'commit-message', 'milestone'];
const lists = ['labels', 'reviewers', 'assignees'];
const choices = ['draft', 'auto-merge'];

/** The inputs for pull requests are keys of the configuration too, with the same rules. */
function readOptions(get: GetInput): (configured: PullRequestOptions) => PullRequestOptions {
  const keys = [...texts, ...lists, ...choices].filter((key) => get(key) !== '');
  const table = Object.fromEntries(keys.map((key) => [key, tomlValue(key, get(key))]));
  const read = (configured: PullRequestOptions): PullRequestOptions =>
    TableReader.read(table, [], mistakes, (reader) => readPullRequest(reader, configured));
  read(noOptions);
  return read;
}

function tomlValue(key: string, text: string): unknown {
  if (lists.includes(key)) return listOf(text);
  if (!choices.includes(key)) return text;
  const word = text.toLowerCase();
  return ['true', 'false'].includes(word) ? word === 'true' : word;
}

function innerFile(name: string, text: string, workspace: string): string {
  const file = path.resolve(workspace, text);
  if (isInnerPath(pathBelow(workspace, file) ?? '')) return file;
  throw invalid(name, text, 'a file inside the checkout');
}

function oneOf<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw invalid(name, text, allowed.join(' or '));
  return found;
}

const invalid = (name: string, text: string, allowed: string): UserError =>
  new UserError('input-invalid', `Input '${name}' is '${text.slice(0, 200)}'; it takes ${allowed}.`);
