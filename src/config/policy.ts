import { normalizeName } from '../uv/lock/names.ts';
import { type Policy, type PolicyException, policyKinds, policyLevels } from './policy-kinds.ts';
import type { TableReader } from './reader.ts';
import { readDuration } from './releases.ts';

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
