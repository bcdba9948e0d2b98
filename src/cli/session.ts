import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plainPackage } from '../config/plain.ts';
import { type Proposal, proposals } from '../config/proposals.ts';
import type { Config, PackageConfig } from '../config/types.ts';
import { type DerivationRef, derivationRef, derivationRefFrom } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import type { Run } from '../system/run.ts';
import { lackOf } from '../system/sandbox.ts';
import { type Checkout, openCheckout, textInCommit } from '../update/checkout.ts';
import type { Context } from '../update/types.ts';
import type { Effects } from './effects.ts';
import { type NixOptions, nixRoot } from './nix-options.ts';

export interface PackageOptions extends NixOptions {
  /** Attribute, or name of a package in the configuration; undefined: all its packages. */
  readonly attribute: string | undefined;
  readonly config?: string;
  readonly verbose: boolean;
}

/** The packages that a command works on, and what it needs for them. */
export interface Session {
  readonly parts: Context;
  readonly checkout: Checkout;
  /**
   * Folder that paths in patches are relative to: the repository's, or the current one for an
   * attribute.
   */
  readonly root: string;
  readonly configFile: string;
  /** Undefined if it is missing, or not about the named attribute. */
  readonly config: Config | undefined;
  /** All packages of a group are changed, or none. */
  readonly groups: readonly Proposal[];
  readonly derivationOf: (one: PackageConfig) => Promise<DerivationRef>;
}

/**
 * Runs a command on the packages that its options name, and deletes its temporary files at the end.
 */
export async function withSession<T>(
  options: PackageOptions,
  effects: Effects,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'uv-fod-'));
  try {
    const allowed = async (run: Run) => (await findConfig(options.config, run)).config?.allowedHosts;
    const parts = await effects.parts(scratch, options.verbose, allowed);
    const lack = lackOf(await parts.sandbox());
    if (lack !== undefined) parts.log.warning(`${lack}: builds can read your files and environment.`);
    return await body(await openSession(options, parts));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openSession(options: PackageOptions, made: Context): Promise<Session> {
  const { attribute } = options;
  const { file: configFile, config } = await findConfig(options.config, made.run);
  const checkout = await openHere(made.run);
  const parts = { ...made, verification: { ...made.verification, ...committed(checkout) } };
  const common = { parts, checkout, configFile };
  const isInConfig = options.file ?? options.flake ?? options.expression;
  const known = isInConfig === undefined ? (config?.packages ?? []) : [];
  const named = known.filter(({ name, attribute: path }) => attribute === name || attribute === path);
  if (attribute === undefined || named.length > 0) {
    if (config === undefined) throw noConfig(configFile);
    const packages = attribute === undefined ? config.packages : named;
    const derivationOf = async (one: PackageConfig): Promise<DerivationRef> =>
      derivationRef(one.nix, one.attribute, checkout.root, configFile);
    return { ...common, root: checkout.root, config, groups: proposals({ packages }), derivationOf };
  }
  const nix = nixRoot(options);
  return {
    ...common,
    root: process.cwd(),
    config: undefined,
    groups: proposals({ packages: [plainPackage(attribute, nix)] }),
    derivationOf: () => derivationRefFrom(process.cwd(), nix, attribute, parts.run),
  };
}

/** Build locks are verified against the checked-out commit, if there is one. */
const committed = (checkout: Checkout): Partial<Context['verification']> =>
  checkout.head === '' ? {} : { baseText: (file) => textInCommit(checkout, checkout.head, file) };

/** The configuration that `--config` names, else that of the repository. */
async function findConfig(
  given: string | undefined,
  run: Run,
): Promise<{ file: string; config: Config | undefined }> {
  const top = given === undefined ? await topFolder(run) : undefined;
  const file = path.resolve(given ?? path.join(top ?? '.', '.github/uv-fod.toml'));
  const text = await readText(file);
  if (text === undefined && given !== undefined) throw noConfig(file);
  if (text === undefined) return { file, config: undefined };
  const { parseConfig } = await import('../config/parse.ts');
  return { file, config: parseConfig(text, path.relative('.', file)) };
}

async function topFolder(run: Run): Promise<string | undefined> {
  const { code, stdout } = await run('git', ['rev-parse', '--show-toplevel']);
  return code === 0 ? stdout.trimEnd() : undefined;
}

/**
 * The checkout around the current folder; the folder itself outside of one, or if it has no commit.
 */
async function openHere(run: Run): Promise<Checkout> {
  try {
    return await openCheckout(process.cwd(), run);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      root: (await topFolder(run)) ?? process.cwd(),
      head: '',
      journal: undefined,
      textAt: async () => undefined,
      has: async () => false,
    };
  }
}

const noConfig = (file: string): UserError =>
  new UserError(
    'config-missing',
    `The configuration ${path.relative('.', file)} does not exist. Name an attribute, as in 'uv-fod check authentik-django', or write a configuration with 'uv-fod init'.`,
  );
