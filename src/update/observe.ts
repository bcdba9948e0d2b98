import type { Policy, PolicyKind } from '../config/policy.ts';
import { changeText } from '../contents/describe.ts';
import { type Contents, contentKinds, type NotCompared } from '../contents/types.ts';
import { type Advice, type Advised, adviceKey } from '../release/advice.ts';
import { timeText } from '../system/printable.ts';
import type { Lock } from '../uv/lock/types.ts';
import { type Artifact, withoutDigest } from '../uv/plan/artifact.ts';
import type { LockDiff } from '../uv/plan/diff.ts';

/** Something that a policy decides about. All text in it is untrusted. */
export interface Observation {
  readonly kind: PolicyKind;
  readonly package: string;
  readonly version: string;
  /** What was found; if `isUnknown`, the reason why it is unknown. */
  readonly what: string;
  /** Identifier of a vulnerability. */
  readonly id?: string;
  readonly isUnknown?: true;
}

/** The inputs of a review. */
export interface Reviewed {
  readonly lock: Lock;
  /** Files to install, of packages whose index was asked. */
  readonly artifacts: readonly Artifact[];
  /** Undefined if there is nothing to compare with. */
  readonly diff: LockDiff | undefined;
  readonly contents: Contents;
  readonly advised: Advised;
}

/** Collects everything that a policy decides about, in the order of its kinds. */
export function observe(of: Reviewed, policy: Policy, now: number): Observation[] {
  const { artifacts, contents, diff } = of;
  const open = new Set(withoutDigest(artifacts));
  const otherBytes = (diff?.hashOnly ?? []).filter(({ change }) => change === 'other-bytes');
  return [
    ...contents.packages.flatMap(({ name, after, changes }) =>
      changes
        .filter(({ change }) => change !== 'removed')
        .map((change) => about({ name, version: after }, change.kind, changeText(change))),
    ),
    ...contents.notCompared.flatMap((one) => notCompared(one, policy)),
    ...artifacts
      .filter(({ filename = '' }) => open.has(filename))
      .map((one) => about(one, 'no-digest', `uv.lock has no digest of ${one.filename}`)),
    ...otherBytes.map((one) =>
      about(one, 'other-bytes', `${one.filename} has other bytes under the same version`),
    ),
    ...artifacts.flatMap((one) => ofIndex(one, of, policy, now)),
  ];
}

/** One observation for each kind that the policy forbids, otherwise one for all kinds. */
function notCompared({ why, kinds, ...one }: NotCompared, { levels }: Policy): Observation[] {
  const forbidden = (kinds ?? contentKinds).filter((kind) => levels[kind] === 'fail');
  const shown = forbidden.length > 0 ? forbidden : (kinds ?? (['startup-code'] as const));
  return shown.map((kind) => unknown(one, kind, why));
}

const about = (
  { name, version = '' }: Pick<Artifact, 'name' | 'version'>,
  kind: PolicyKind,
  what: string,
): Observation => ({
  ...{ kind, package: name, version, what },
});

const unknown = (...[one, kind, why]: Parameters<typeof about>): Observation => ({
  ...about(one, kind, why),
  isUnknown: true,
});

/** The observations from the index's data about a file and its release. */
function ofIndex(one: Artifact, { lock, advised }: Reviewed, policy: Policy, now: number): Observation[] {
  const locked = lock.byName.get(one.name)?.find(({ version }) => version === one.version);
  if (locked?.source.kind !== 'registry' || one.version === undefined) return [];
  const advice = advised.advice.get(adviceKey({ name: one.name, version: one.version }));
  if (advice === undefined) {
    const age = policy.minimumAge === undefined ? [] : (['age'] as const);
    const kinds = ['vulnerability', 'yanked', ...age] as const;
    return kinds.map((kind) => unknown(one, kind, 'its index was not asked, or did not answer'));
  }
  const { yanked, vulnerabilities, files, isPartial } = advice;
  const file = files.get(one.filename ?? '');
  const reason = yanked ?? file?.yanked;
  return [
    ...(isPartial ? [unknown(one, 'vulnerability', 'its index does not publish them')] : []),
    ...vulnerabilities.map(({ id, summary }) => ({
      ...about(one, 'vulnerability', `it has the known vulnerability ${id}${summary ? `: ${summary}` : ''}`),
      id,
    })),
    ...(reason === undefined
      ? []
      : [about(one, 'yanked', `it was yanked from its index: ${reason || 'no reason given'}`)]),
    ...ofTime(one, file, uploadTimeOf(locked, one), policy, now),
  ];
}

function uploadTimeOf({ wheels, sdist }: Lock['packages'][number], { filename, hash }: Artifact): number {
  const file =
    wheels.find(({ name }) => name.filename === filename) ?? (sdist?.hash === hash ? sdist : undefined);
  return Date.parse(file?.uploadTime ?? '');
}

/** Two programs wrote the times: they count as equal if they differ by so many seconds. */
const SAME = 2;

/** Uses the index's time, and compares the lock's time with it. */
function ofTime(
  one: Artifact,
  file: ReturnType<Advice['files']['get']>,
  locked: number,
  { minimumAge }: Policy,
  now: number,
): Observation[] {
  const uploaded = file?.uploaded;
  if (uploaded === undefined)
    return minimumAge === undefined
      ? []
      : [unknown(one, 'age', 'its index does not say when it was uploaded')];
  const isYoung = minimumAge !== undefined && now - uploaded < minimumAge;
  const differs = !Number.isNaN(locked) && Math.abs(locked - uploaded) > SAME * 1000;
  return [
    ...(isYoung ? [about(one, 'age', `${one.filename} was uploaded at ${timeText(uploaded)}`)] : []),
    ...(differs
      ? [about(one, 'upload-time', `uv.lock has ${timeText(locked)}, and the index ${timeText(uploaded)}`)]
      : []),
  ];
}
