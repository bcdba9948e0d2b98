import type { Bump } from '../bump/bump.ts';
import type { Form, PackageChange as LockChange, LockDiff, LockEntry } from '../plan/index.ts';
import type { Refreshed } from '../refresh/package.ts';
import type { ArtifactKind, Check, PackageChange, Report } from '../report/types.ts';
import type { Update } from '../update/update.ts';

/** The report's data, out of what all stages found. */
export function reportOf({ update, diff, bump, failed, config }: Refreshed): Report {
  const { pinned, hashes } = update;
  const after = bump?.after ?? pinned.version;
  return {
    subject: {
      name: pinned.pname,
      ...(after ? { after } : {}),
      ...(bump && bump.before !== bump.after ? { before: bump.before } : {}),
    },
    why:
      bump && bump.before !== bump.after
        ? [`${config.name} ${bump.after} was released.`]
        : reasons(update, diff),
    hashes: hashes
      .filter((one) => one.before !== one.after)
      .map(({ system, before, after: now, how }) => ({
        ...{ system, after: now, how: how === 'recorded' ? 'native' : how },
        ...(before ? { before } : {}),
      })),
    packages: diff ? packages(diff) : [],
    download: { after: downloadSize(update) },
    checks: [...(bump?.hashes ?? []).map(outputCheck), ...checks(update), ...(failed ? [failed] : [])],
    timings: update.stages.map(({ name, milliseconds }) => ({ stage: name, milliseconds })),
    notDone: notDone(update, failed),
  };
}

/** A fixed output that the bump made again. */
const outputCheck = ({ attribute, after }: Bump['hashes'][number]): Check => ({
  name: `Fixed output ${attribute} built twice with one hash`,
  result: 'ok',
  detail: after,
});

function notDone({ out, edits, hashes }: Update, failed: Check | undefined): Report['notDone'] {
  const once = hashes.filter(({ how }) => how === 'nix').map(({ system }) => system);
  return [
    ...(once.length > 0
      ? [
          {
            what: `Second derivation of the hash for ${once.join(', ')}`,
            why: 'skip-second-derivation is true',
          },
        ]
      : []),
    ...(out !== undefined || edits.length === 0 || failed
      ? []
      : [{ what: 'Build and import', why: 'verify is false' }]),
  ];
}

function reasons({ hashes, edits }: Update, diff: LockDiff | undefined): string[] {
  if (edits.length === 0) return [];
  const moved = hashes.some(({ before, after }) => before !== after);
  if (!moved) return ['What has to be built, or its build requirements, changed; the wheels did not.'];
  if (hashes.every(({ before }) => before === '')) return ['There was no hash yet.'];
  if (diff && diff.hashOnly.length > 0)
    return ['The index serves other bytes under versions that did not change.'];
  const lockMoved = diff && diff.added.length + diff.removed.length + diff.changed.length > 0;
  if (lockMoved) return ['uv.lock changed.'];
  return [
    'The hash was not the one that uv.lock asks for, though uv.lock did not change since the commit compared with.',
  ];
}

function packages({ added, removed, changed }: LockDiff): PackageChange[] {
  return [...added, ...removed, ...changed].map((change) => {
    const [before, after] = [label(change.before), label(change.after)];
    return {
      name: change.name,
      direct: change.relation === 'direct',
      kinds: kinds(change),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  });
}

const label = (entries: readonly LockEntry[]): string | undefined =>
  entries.length === 0
    ? undefined
    : entries.map(({ version, source }) => version ?? source ?? 'dynamic').join(', ');

const kindOf: Readonly<Record<Form, ArtifactKind | undefined>> = {
  wheel: 'wheel',
  sdist: 'sdist',
  git: 'git',
  directory: 'local',
  none: undefined,
};

function kinds({ before, after }: LockChange): NonNullable<PackageChange['kinds']> {
  const systems = new Set(
    [...before, ...after].flatMap(({ forms }) => Object.keys(forms) as (keyof typeof forms)[]),
  );
  return [...systems].map((system) => {
    const [old, now] = [before, after].map((entries) => kindOf[entries.at(-1)?.forms[system] ?? 'none']);
    return { system, ...(old ? { before: old } : {}), ...(now ? { after: now } : {}) };
  });
}

const downloadSize = ({ spotted }: Update): number =>
  (spotted[0]?.artifacts ?? []).reduce(
    (sum, { kind, size }) => sum + (kind === 'wheel' ? (size ?? 0) : 0),
    0,
  );

function checks({ out, imported, hashes }: Update): Check[] {
  if (out === undefined) return [];
  return [
    {
      name: 'Fixed output fetched by Nix from nothing',
      result: 'ok',
      detail: hashes.map(({ system }) => system).join(', '),
    },
    { name: 'Built offline in Nix’s sandbox', result: 'ok', detail: out },
    ...imported.map(({ module, file }): Check => ({ name: `import ${module}`, result: 'ok', detail: file })),
  ];
}
