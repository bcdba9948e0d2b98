import path from 'node:path';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { isBranchName, isRootAttribute, rootAttributeText } from '../config/names.ts';
import type { NixRoot } from '../nix/target.ts';
import { isInnerPath, pathBelow } from '../system/inside.ts';
import { type GivenOptions, invalid, loadPullRequestInputs } from './pull-request-inputs.ts';

/** What a run is for. */
export type Mode = (typeof modes)[number];

const modes = ['update', 'check', 'compute', 'publish'] as const;

const forges = ['auto', 'github', 'forgejo', 'gitea'] as const;

/** Everything that the Action is told, read once. */
export interface Inputs {
  readonly mode: Mode;
  /** Folder of the checkout. */
  readonly workspace: string;
  /** What the attribute's path starts from; paths in it start at the workspace. */
  readonly nix: NixRoot;
  /** Empty: the packages of the configuration. */
  readonly attribute: string;
  /** Absolute path of the configuration. */
  readonly config: string;
  /** Undefined: in runs by the clock or by hand. */
  readonly findReleases: boolean | undefined;
  readonly token: string;
  /** What the repository lives on; `auto`: what the runner says. */
  readonly forge: (typeof forges)[number];
  /** Empty: the branch that the workflow runs on. */
  readonly base: string;
  readonly branch: string;
  readonly compareWith: string;
  readonly pullRequest: boolean;
  /** Absolute path of the result that `compute` writes, or of the file or folder that `publish` reads. */
  readonly result: string;
  readonly verify: boolean;
  /** Believe Nix's own hash without a second derivation of it. */
  readonly skipSecondDerivation: boolean;
  /** Build without Nix's sandbox, also for untrusted contributors and beside a token that may write. */
  readonly allowUnsandboxed: boolean;
  /** Keep downloads in the runner's cache, if there is one. */
  readonly cache: boolean;
  /** Address of the binary cache that proven outputs are copied to; undefined: that of the configuration. */
  readonly cacheTo: string | undefined;
  /** How pull requests are to look; goes before the configuration. */
  readonly options: GivenOptions;
}

/**
 * Reads and checks the inputs.
 * @param get an input's text, empty where it is not set
 * @throws UserError `input-invalid`, which says what is allowed
 */
export function loadInputs(get: (name: string) => string, workspace: string): Inputs {
  const attribute = get('attribute');
  if (attribute !== '' && !isRootAttribute(attribute))
    throw invalid('attribute', attribute, rootAttributeText);
  const asked = get('mode') || 'update';
  const mode = modes.find((name) => name === asked);
  if (mode === undefined) throw invalid('mode', asked, modes.join(', '));
  const skipSecondDerivation = yesOrNo('skip-second-derivation', get('skip-second-derivation') || 'false');
  if (mode === 'check' && skipSecondDerivation)
    throw invalid(
      'skip-second-derivation',
      'true',
      'false where mode is check: two derivations are what it compares',
    );
  const pullRequest =
    mode === 'publish' || (mode === 'update' && yesOrNo('pull-request', get('pull-request') || 'true'));
  const forge = forges.find((name) => name === (get('forge') || 'auto'));
  if (forge === undefined) throw invalid('forge', get('forge'), forges.join(', '));
  const token = get('token');
  if (pullRequest && token === '') {
    throw invalid(
      'token',
      '',
      'a token that may write contents and pull requests (it is empty; secrets are not there in runs for forks and Dependabot), or pull-request: false',
    );
  }
  return {
    mode,
    workspace,
    attribute,
    nix: readNix(get, workspace),
    config: inside('config', get('config') || '.github/uv-fod.toml', workspace),
    findReleases: get('find-releases') === '' ? undefined : yesOrNo('find-releases', get('find-releases')),
    ...{ token, forge },
    base: get('base'),
    branch: branchName(get('branch') || `uv-fod/${attribute || 'update'}`),
    compareWith: get('compare-with'),
    pullRequest,
    result: inside('result', get('result') || 'uv-fod-result.json', workspace),
    verify: yesOrNo('verify', get('verify') || 'true'),
    skipSecondDerivation,
    allowUnsandboxed: yesOrNo('allow-unsandboxed', get('allow-unsandboxed') || 'false'),
    cache: yesOrNo('cache', get('cache') || 'true'),
    cacheTo: readCache(get, mode),
    options: loadPullRequestInputs(get),
  };
}

const roots = ['file', 'flake', 'expression'] as const;

function readNix(get: (name: string) => string, workspace: string): NixRoot {
  const [name = 'file', other] = roots.filter((one) => get(one) !== '');
  const text = get(name) || 'default.nix';
  if (other !== undefined)
    throw invalid(other, get(other), `nothing where '${name}' is given: one of the two`);
  if (get(name) !== '' && get('attribute') === '')
    throw invalid(
      name,
      text,
      "nothing without 'attribute': the configuration says it for each of its packages",
    );
  if (name === 'expression') return { kind: 'expression', expression: text };
  if (name === 'file')
    return { kind: 'file', file: path.relative(workspace, inside('file', text, workspace)) };
  if (text !== '.' && !isInnerPath(text))
    throw invalid(
      'flake',
      text,
      "the folder of a flake.nix inside the checkout, '.' or a path such as nix/backend",
    );
  return { kind: 'flake', flake: text };
}

function readCache(get: (name: string) => string, mode: Mode): string | undefined {
  const address = get('cache-to');
  if (address === '') return undefined;
  if (!isCacheAddress(address)) throw invalid('cache-to', withoutPassword(address), cacheText);
  if (mode === 'check' || mode === 'publish')
    throw invalid(
      'cache-to',
      address,
      'nothing where mode is check or publish: they change nothing but what they are for',
    );
  if (/^false$/i.test(get('verify')))
    throw invalid(
      'cache-to',
      address,
      'nothing where verify is false: what is copied was built and imported',
    );
  return address;
}

const withoutPassword = (address: string): string => address.replace(/:[^/@\s]*@/, ':…@');

function inside(name: string, text: string, workspace: string): string {
  const file = path.resolve(workspace, text);
  if (isInnerPath(pathBelow(workspace, file) ?? '')) return file;
  throw invalid(name, text, 'a file inside the checkout');
}

function yesOrNo(name: string, text: string): boolean {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw invalid(name, text, 'true or false');
}

function branchName(text: string): string {
  if (isBranchName(text)) return text;
  throw invalid('branch', text, "a branch name without 'refs/heads/', such as uv-fod/authentik");
}
