// sum.mjs DIR RING…: adds the rings' counts up, names what failed, and ends with the line that CI
// reads.
import { readFileSync } from 'node:fs';
import path from 'node:path';

const [dir, ...rings] = process.argv.slice(2);
const sum = { passed: 0, failed: [], skipped: 0 };
for (const ring of rings) {
  const { passed, failed, skipped } = JSON.parse(readFileSync(path.join(dir, `${ring}.json`), 'utf8'));
  console.log(`${ring}: ${passed} passed, ${failed.length} failed`);
  sum.passed += passed;
  sum.skipped += skipped;
  sum.failed.push(...failed.map((name) => `${ring}: ${name}`));
}
for (const name of sum.failed) console.log(`FAILED ${name}`);
console.log(
  `${sum.passed} passed, ${sum.failed.length} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`,
);
process.exitCode = sum.failed.length > 0 ? 1 : 0;
