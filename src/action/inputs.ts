import path from 'node:path';
import { cacheText, isCacheAddress } from '../config/cache.ts';
import { isBranchName, isRootAttribute, rootAttributeText } from '../config/names.ts';
import { defaultName } from '../config/package.ts';
import type { NixRoot } from '../nix/target.ts';
import { isInnerPath, pathBelow } from '../system/inside.ts';
import { type GivenOptions, invalid, loadPullRequestInputs } from './pull-request-inputs.ts';

/** Purpose of a run. */
export type Mode = (typeof modes)[number];

const modes = ['update', 'check', 'compute', 'publish'] as const;

const forges = ['auto', 'github', 'forgejo', 'gitea'] as const;

/** The Action's inputs. */
export interface Inputs {
  readonly mode: Mode;
  /** Folder of the checkout. */
  readonly workspace: string;
  /** Nix code that has the attribute; its paths are relative to the workspace. */
  readonly nix: NixRoot;
  /** Whether the inputs name the package; otherwise it is all packages of the configuration. */
  readonly isNamed: boolean;
  /** Empty for a file that is one derivation. */
  readonly attribute: string;
  /** Absolute path of the configuration. */
  readonly config: string;
  /** Undefined: in scheduled and manual runs. */
  readonly findReleases: boolean | undefined;
  readonly token: string;
  /** `auto`: detected by the runner's environment. */
  readonly forge: (typeof forges)[number];
  /** Empty: the branch of the run. */
  readonly base: string;
  readonly branch: string;
  readonly compareWith: string;
  readonly pullRequest: boolean;
  /**
   * Absolute path of the result: a file that `compute` writes, a file or folder that `publish`
   * reads.
   */
  readonly result: string;
  readonly verify: boolean;
  /** Use the hash of Nix's build, without computing it a second time. */
  readonly skipSecondDerivation: boolean;
  /** Allow builds without Nix's sandbox for untrusted contributors, and with a token. */
  readonly allowUnsandboxed: boolean;
  /** Keep downloads in the runner's cache. */
  readonly cache: boolean;
  /** URL of the binary cache for verified outputs; undefined: that of the configuration. */
  readonly cacheTo: string | undefined;
  /** Options of pull requests; they override the configuration. */
  readonly options: GivenOptions;
}

/**
 * Reads and checks the inputs.
 * @param get returns an input's text, empty if it is not set
 * @throws UserError `input-invalid`
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
      'false with mode: check, which compares two computations of the hash',
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
      'a token that can write contents and pull requests (secrets are not available in runs for forks and Dependabot), or set pull-request: false',
    );
  }
  const isNamed = attribute !== '' || get('file') !== '';
  const nix = readNix(get, workspace);
  const name = isNamed ? defaultName(attribute, nix) : 'update';
  return {
    mode,
    workspace,
    ...{ isNamed, attribute, nix },
    config: inside('config', get('config') || '.github/uv-fod.toml', workspace),
    findReleases: get('find-releases') === '' ? undefined : yesOrNo('find-releases', get('find-releases')),
    ...{ token, forge },
    base: get('base'),
    branch: branchName(get('branch') || `uv-fod/${name}`),
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
  if (other !== undefined) throw invalid(other, get(other), `no value together with '${name}'`);
  if (get(name) !== '' && name !== 'file' && get('attribute') === '')
    throw invalid(
      name,
      text,
      "no value without 'attribute', because the configuration sets it for each package",
    );
  if (name === 'expression') return { kind: 'expression', expression: text };
  if (name === 'file')
    return { kind: 'file', file: path.relative(workspace, inside('file', text, workspace)) };
  if (text !== '.' && !isInnerPath(text))
    throw invalid('flake', text, "the folder of a flake.nix inside the checkout, such as '.' or nix/backend");
  return { kind: 'flake', flake: text };
}

function readCache(get: (name: string) => string, mode: Mode): string | undefined {
  const address = get('cache-to');
  if (address === '') return undefined;
  if (!isCacheAddress(address)) throw invalid('cache-to', withoutPassword(address), cacheText);
  if (mode === 'check' || mode === 'publish')
    throw invalid('cache-to', address, 'no value with mode: check or mode: publish, which copy nothing');
  if (/^false$/i.test(get('verify')))
    throw invalid(
      'cache-to',
      address,
      'no value with verify: false, because only verified outputs are copied',
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
