import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { plainPackage } from '../config/package.ts';
import { parseConfig } from '../config/parse.ts';
import { type Proposal, proposals } from '../config/proposals.ts';
import type { Config, PackageConfig } from '../config/types.ts';
import { type DerivationRef, derivationRef, derivationRefFrom } from '../nix/target.ts';
import { UserError } from '../system/errors.ts';
import { readText } from '../system/files.ts';
import type { Run } from '../system/run.ts';
import { lackOf } from '../system/sandbox.ts';
import { type Checkout, openCheckout, textInCommit } from '../update/checkout.ts';
import type { Context } from '../update/types.ts';
import type { CliContext } from './context.ts';
import { isNamed, isNixGiven, nixRoot, type PackageOptions } from './options.ts';

/** The packages that a command works on, and what it needs for them. */
export interface Session {
  readonly context: Context;
  readonly checkout: Checkout;
  /**
   * Folder that paths in patches are relative to: the repository's, or the current one for an
   * attribute.
   */
  readonly root: string;
  /** Undefined if it is missing, or not about the named attribute. */
  readonly config: Config | undefined;
  /** All packages of a group are changed, or none. */
  readonly groups: readonly Proposal[];
  readonly derivationOf: (one: PackageConfig) => Promise<DerivationRef>;
}

/** Runs a command on the packages that its options name. */
export function withSession<T>(
  options: PackageOptions,
  cli: CliContext,
  body: (session: Session) => Promise<T>,
): Promise<T> {
  return withCheckout(options, cli, async (context, checkout) =>
    body(await openSession(options, context, checkout)),
  );
}

/** Runs a command on the current checkout, and deletes its temporary files at the end. */
export async function withCheckout<T>(
  { config, verbose = false }: { readonly config?: string; readonly verbose?: boolean },
  cli: CliContext,
  body: (context: Context, checkout: Checkout) => Promise<T>,
): Promise<T> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'uv-fod-'));
  try {
    const allowed = async (run: Run) => (await findConfig(config, run)).config?.allowedHosts;
    const context = cli.context(scratch, verbose, allowed);
    const lack = lackOf(await context.sandbox());
    if (lack !== undefined) context.log.warning(`${lack}: builds can read your files and environment.`);
    return await body(context, await openHere(context.run));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openSession(options: PackageOptions, made: Context, checkout: Checkout): Promise<Session> {
  // As in Nix's own commands.
  const attribute = options.attribute ?? (options.flake === undefined ? undefined : 'default');
  if (attribute === undefined && options.expression !== undefined)
    throw new UserError('input-invalid', 'Name an attribute of the value of --expression.');
  const { file: configFile, config } = await findConfig(options.config, made.run);
  const context = { ...made, verification: { ...made.verification, ...committed(checkout) } };
  const isElsewhere = isNixGiven(options);
  const known = isElsewhere ? [] : (config?.packages ?? []);
  const named = known.filter(({ name, attribute: path }) => attribute === name || attribute === path);
  const nix = nixRoot(options);
  if (!isNamed(options) || named.length > 0) {
    if (config === undefined) throw noConfig(configFile);
    const groups = proposals({ packages: attribute === undefined ? config.packages : named });
    const derivationOf = async (one: PackageConfig): Promise<DerivationRef> =>
      derivationRef(one.nix, one.attribute, checkout.root, configFile);
    return { context, checkout, root: checkout.root, config, groups, derivationOf };
  }
  const groups = proposals({ packages: [plainPackage(attribute ?? '', nix)] });
  const root = process.cwd();
  const derivationOf = () => derivationRefFrom(root, nix, attribute ?? '', context.run);
  return { context, checkout, root, config: undefined, groups, derivationOf };
}

/** Build locks are verified against the checked-out commit, if there is one. */
const committed = (checkout: Checkout): Partial<Context['verification']> =>
  checkout.head === '' ? {} : { baseText: (file) => textInCommit(checkout, checkout.head, file) };

/** The configuration that `--config` names, else that of the repository. */
async function findConfig(
  given: string | undefined,
  run: Run,
): Promise<{ file: string; config: Config | undefined }> {
  const file = path.resolve(given ?? path.join((await topFolder(run)) ?? '.', '.github/uv-fod.toml'));
  const text = await readText(file);
  if (text === undefined && given !== undefined) throw noConfig(file);
  return { file, config: text === undefined ? undefined : parseConfig(text, path.relative('.', file)) };
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
    const root = (await topFolder(run)) ?? process.cwd();
    return { root, head: '', textAt: async () => undefined, has: async () => false };
  }
}

const noConfig = (file: string): UserError =>
  new UserError(
    'config-missing',
    `The configuration ${path.relative('.', file)} does not exist. Name an attribute, as in 'uv-fod check authentik-django', or write a configuration with 'uv-fod init'.`,
  );
