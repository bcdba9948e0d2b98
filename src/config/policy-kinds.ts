import { contentKinds } from '../contents/types.ts';

/** What a policy decides about: what is inside packages, and what their index says of them. */
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
  /** Age in milliseconds that files have to have; undefined: age does not count. */
  readonly minimumAge: number | undefined;
  readonly except: readonly PolicyException[];
  /** Whether the configuration has one: then a check asks about all packages, not only new ones. */
  readonly isSet: boolean;
}

/** A finding that is allowed. */
export interface PolicyException {
  readonly kind: PolicyKind;
  /** Normalized. */
  readonly package: string;
  /** In which `*` matches any text. */
  readonly version: string;
  /** Of one vulnerability; undefined: of all. */
  readonly id: string | undefined;
  readonly reason: string;
}

export const usualPolicy: Policy = { levels: {}, minimumAge: undefined, except: [], isSet: false };
