import { describe, expect, test } from '@jest/globals';
import { parseDerivation } from '../../../src/build/derivation-file.ts';

const rest = '["/nix/store/s-builder.sh"],"x86_64-linux","/bin/sh",["-c","echo \\"])],\\""],[("name","x")])';

describe('a derivation', () => {
  test('has outputs, inputs and no hash', () => {
    const aterm = `Derive([("dev","/nix/store/d-x-dev","",""),("out","/nix/store/o-x","","")],[("/nix/store/a-a.drv",["out"]),("/nix/store/b-b.drv",["bin","out"])],${rest}`;
    expect(parseDerivation(aterm)).toEqual({
      outputs: ['/nix/store/d-x-dev', '/nix/store/o-x'],
      isFixed: false,
      inputs: ['/nix/store/a-a.drv', '/nix/store/b-b.drv'],
    });
  });

  test('whose output is fixed says so; without inputs it has none', () => {
    const aterm = `Derive([("out","/nix/store/o-x","r:sha256","0f")],[],${rest}`;
    expect(parseDerivation(aterm)).toEqual({ outputs: ['/nix/store/o-x'], isFixed: true, inputs: [] });
  });

  test('of which no path is known before it is built has none', () => {
    expect(parseDerivation(`Derive([("out","","r:sha256","")],[],${rest}`).outputs).toEqual([]);
  });

  test.each([
    '',
    'Derive(',
    'DrvWithVersion("xp-dyn-drv",[("out","","","")],[],[])',
    'Derive([("out","/nix/store/o-x","","")',
  ])('of another form (%s) is refused', (aterm) => {
    expect(() => parseDerivation(aterm)).toThrow('this is no derivation');
  });
});
