import { contentKinds } from '../contents/types.ts';
import { normalizeName } from '../uv/lock/names.ts';
import type { TableReader } from './reader.ts';
import { readDuration } from './releases.ts';

/** The kinds of findings that a policy covers: in packages, and in an index's data about them. */
export const policyKinds = [
  ...contentKinds,
  'vulnerability',
  'yanked',
  'no-digest',
  'other-bytes',
  'age',
  'upload-time',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

const policyLevels = ['allow', 'warn', 'fail'] as const;
type PolicyLevel = (typeof policyLevels)[number];

/** `[policy]` of the configuration (docs/contents.md). */
export interface Policy {
  /** Kinds that are not set are `warn`. */
  readonly levels: Readonly<Partial<Record<PolicyKind, PolicyLevel>>>;
  /** Minimum age of files in milliseconds; undefined: any age. */
  readonly minimumAge: number | undefined;
  readonly except: readonly PolicyException[];
  /** Whether a policy is configured: then checks cover all packages, not only new ones. */
  readonly isSet: boolean;
}

/** A finding that is allowed. */
interface PolicyException {
  readonly kind: PolicyKind;
  /** Normalized name of the package. */
  readonly package: string;
  /** A version, in which `*` matches any text. */
  readonly version: string;
  /** Id of one vulnerability; undefined: all vulnerabilities. */
  readonly id: string | undefined;
  readonly reason: string;
}

export const usualPolicy: Policy = { levels: {}, minimumAge: undefined, except: [], isSet: false };

/** Reads `[policy]`. */
export function readPolicy(table: TableReader): Policy {
  const levels = Object.fromEntries(
    policyKinds.flatMap((kind) => {
      const level = table.oneOf(kind, policyLevels);
      return level === undefined ? [] : [[kind, level]];
    }),
  );
  const minimumAge = readDuration(table, 'minimum-release-age');
  if (table.has('age') && !table.has('minimum-release-age'))
    table.wrong('age', "needs 'minimum-release-age', the age that files have to have");
  return {
    ...{ levels, minimumAge, isSet: true },
    except: table.tables('except', 'a table, written [[policy.except]]', readException),
  };
}

function readException(table: TableReader): PolicyException | undefined {
  const kind = table.oneOf('kind', policyKinds);
  const isName = (text: string): boolean => normalizeName(text) !== undefined;
  const name = table.requiredString('package', 'the name of a package', isName);
  const version = table.requiredString('version', 'a version, in which * matches any text');
  const id = table.string('id', 'the identifier of a vulnerability, such as "CVE-2026-1234"');
  const reason = table.requiredString('reason', 'why this is allowed');
  if (!table.has('kind')) table.wrong('kind', `is missing; it takes one of ${policyKinds.join(', ')}`);
  if (table.has('id') && kind !== 'vulnerability')
    table.wrong('id', 'has a meaning with kind "vulnerability" only');
  if (kind === undefined || name === undefined || version === undefined || reason === undefined)
    return undefined;
  return { kind, package: normalizeName(name) ?? name, version, id, reason };
}
