import { describe, expect, test } from '@jest/globals';
import { evaluate, MarkerSyntaxError, parseMarker } from '../../../../src/uv/lock/marker.ts';
import { environmentOf, parseTarget } from '../../../../src/uv/plan/target.ts';

const environment = environmentOf(parseTarget({ system: 'x86_64-linux', python: '3.14.2' }));
const holds = (text: string, ...extras: readonly string[]): boolean =>
  evaluate(parseMarker(text), environment, (name) => extras.includes(name));

describe('markers are evaluated as uv does', () => {
  test.each([
    ["python_version >= '3.9'", true],
    ["python_version == '3.14'", true],
    ["python_version == '3.14.2'", false],
    ["python_version > '3.14'", false],
    ["python_version > '3.13.9'", true],
    ["python_version < '3.14.1'", true],
    ["python_version ~= '3.9'", true],
    ["python_version ~= '3.9.0'", false],
    ["python_version == '3.*'", true],
    ["python_version != '3.14.*'", false],
    // uv makes a constant false of both, because python_version never has three numbers.
    ["python_version != '3.9.1.*'", false],
    ["python_version not in '3.9.1'", false],
    ["python_full_version == '3.14.2'", true],
    ["python_full_version >= '3.14.10'", false],
    ["python_full_version ~= '3.14.1'", true],
    ["python_full_version in '3.14.1 3.14.2'", true],
    // Release numbers only: a pre-release in the marker counts as its release.
    ["python_full_version > '3.14.2rc1'", false],
    ["'3.15' > python_full_version", true],
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
    ["os.name == 'posix' and sys.platform == 'linux'", true],
    ["python_implementation == 'CPython'", true],
    // `and` binds tighter than `or`.
    ["os_name == 'nt' and os_name == 'nt' or os_name == 'posix'", true],
    ["os_name == 'posix' or os_name == 'nt' and os_name == 'nt'", true],
    ["(os_name == 'posix' or os_name == 'nt') and os_name == 'nt'", false],
    ["os_name=='posix'and(os_name=='posix')", true],
    // Comparisons without a meaning are left out.
    ["'a' == 'b'", true],
    ["os_name == 'nt' and 'a' == 'a'", false],
    ["os_name == 'nt' or python_version == 'x'", false],
    ["os_name ~= 'posix'", true],
    ["python_version >= '3.*'", true],
    ['os_name == sys_platform', true],
    ["'x' in extras", false],
    ["'x' not in dependency_groups", true],
  ])('%s is %s', (text, expected) => expect(holds(text)).toBe(expected));

  test('extras are those that are active', () => {
    expect(holds("extra == 'extra-4-root-cpu'", 'extra-4-root-cpu')).toBe(true);
    expect(holds("extra == 'Extra_4.root--cpu'", 'extra-4-root-cpu')).toBe(true);
    expect(holds("extra != 'extra-4-root-cpu'", 'extra-4-root-cpu')).toBe(false);
    expect(holds("extra == 'a b' or extra != 'a b'")).toBe(false);
  });

  test.each([
    ["os_name = 'posix'", 9],
    ["os_name == 'posix", 12],
    ["os_name == 'posix' xor os_name == 'nt'", 20],
    ["(os_name == 'posix'", 20],
    ["os_name == 'posix')", 19],
    ['color == "red"', 1],
    ["os_name not 'posix'", 9],
    ["python_version === '3.14'", 16],
    ["extras == 'x'", 1],
    ["'x' == extras", 8],
    ['', 1],
    ['and', 1],
  ])('%s is refused at column %i', (text, column) => {
    let caught: unknown;
    try {
      parseMarker(text);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(MarkerSyntaxError);
    if (!(caught instanceof MarkerSyntaxError)) return;
    expect(caught.column).toBe(column);
  });

  test('a hundred thousand parentheses are read without recursion', () => {
    const deep = `${'('.repeat(100_000)}os_name == 'posix'${')'.repeat(100_000)}`;
    expect(holds(deep)).toBe(true);
    expect(() => parseMarker(deep.slice(0, -1))).toThrow(MarkerSyntaxError);
  });
});
