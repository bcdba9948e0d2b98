import { describe, expect, test } from '@jest/globals';
import { evaluate, type Marker, parseMarker } from '../../../../src/uv/lock/marker.ts';
import { environmentOf, parseTarget } from '../../../../src/uv/plan/target.ts';

const environment = environmentOf(parseTarget({ system: 'x86_64-linux', python: '3.14.2' }));
const parse = (text: string): Marker => {
  const marker = parseMarker(text);
  if (typeof marker === 'number') throw new Error(`it is refused at column ${marker}`);
  return marker;
};
const holds = (text: string, ...extras: readonly string[]): boolean =>
  evaluate(parse(text), environment, (name) => extras.includes(name));

describe('markers are evaluated as uv does', () => {
  test.each([
    ["python_version >= '3.9'", true],
    ["python_version == '3.14'", true],
    ["python_version == '3.14.2'", false],
    ["python_version > '3.14'", false],
    ["python_version > '3.13.9'", true],
    ["python_version < '3.14.1'", true],
    ["python_version == '3.*'", true],
    ["python_version != '3.14.*'", false],
    ["python_full_version == '3.14.2'", true],
    ["python_full_version >= '3.14.10'", false],
    // Release numbers only: a pre-release in the marker counts as its release.
    ["python_full_version > '3.14.2rc1'", false],
    ["implementation_version == '3.14.2'", true],
    ["sys_platform == 'linux' and os_name == 'posix'", true],
    ["'linux' in sys_platform", true],
    ["'lin' not in sys_platform", false],
    ["sys_platform in 'linux linux2'", true],
    ["platform_machine not in 'aarch64 arm64'", true],
    // Strings have no order.
    ["sys_platform > 'a'", false],
    ["sys_platform >= 'linux'", true],
    ["platform_release == ''", true],
    ["platform_release < '5'", true],
    // `and` binds tighter than `or`.
    ["os_name == 'nt' and os_name == 'nt' or os_name == 'posix'", true],
    ["os_name == 'posix' or os_name == 'nt' and os_name == 'nt'", true],
    ["(os_name == 'nt' and os_name == 'posix') or (os_name == 'posix' and sys_platform == 'linux')", true],
    ["os_name == 'nt' or (os_name == 'posix' and sys_platform == 'darwin')", false],
    ["(os_name == 'posix' or os_name == 'nt') and os_name == 'nt'", false],
    ["os_name == 'posix' and (sys_platform == 'darwin' or sys_platform == 'linux')", true],
    ["platform_version in 'a or b' or os_name == 'nt'", true],
    ["python_full_version == '3.14.*' and python_full_version != '3.13.*'", true],
    ["python_version < '0'", false],
  ])('%s is %s', (text, expected) => expect(holds(text)).toBe(expected));

  test('extras are those that are active', () => {
    expect(holds("extra == 'extra-4-root-cpu'", 'extra-4-root-cpu')).toBe(true);
    expect(holds("extra != 'extra-4-root-cpu'", 'extra-4-root-cpu')).toBe(false);
  });

  test.each([
    ["os_name = 'posix'", 1],
    ["os_name == 'posix", 1],
    ["os_name == 'posix' xor os_name == 'nt'", 19],
    ["(os_name == 'posix'", 20],
    ["os_name == 'posix')", 19],
    ["os_name == 'posix' and ", 24],
    ["os_name == 'posix'os_name == 'posix'", 19],
    ["os_name == 'posix' and )", 24],
    ['()', 2],
    ["os_name=='posix'", 1],
    ['os_name == "posix"', 1],
    ["color == 'red'", 1],
    ["os_name == 'posix' and os.name == 'posix'", 24],
    ["os_name not 'posix'", 1],
    ["os_name ~= 'posix'", 1],
    ['os_name == sys_platform', 1],
    ["'a' == 'a'", 1],
    ["'3.15' > python_full_version", 1],
    ["python_version === '3.14'", 1],
    ["python_version == 'x'", 1],
    ["python_version >= '3.*'", 1],
    ["python_version in '3.14'", 1],
    ["'3' in python_version", 1],
    ["extra >= 'a'", 1],
    ["'x' in extras", 1],
    ['', 1],
    ['and', 1],
  ])('%s, which uv does not write, is refused at column %i', (text, column) =>
    expect(parseMarker(text)).toBe(column),
  );

  test('a hundred thousand parentheses are read without recursion', () => {
    const deep = `${'('.repeat(100_000)}os_name == 'posix'${')'.repeat(100_000)}`;
    expect(holds(deep)).toBe(true);
    expect(parseMarker(deep.slice(0, -1))).toBe(deep.length);
    for (const text of [' ', 'a', "'"]) expect(parseMarker(text.repeat(100_000))).toBe(1);
  });
});
