import { contentKinds } from '../contents/types.ts';

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

export const policyLevels = ['allow', 'warn', 'fail'] as const;
export type PolicyLevel = (typeof policyLevels)[number];

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
export interface PolicyException {
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
