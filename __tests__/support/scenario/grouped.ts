import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lockSmall, uvFod, writeSmall } from './small.ts';
import { makeWorld, type World } from './world.ts';

const config = `[[package]]
attribute = "small"
group = "both"

[[package]]
attribute = "small"
name = "other"
nix = { file = "other/default.nix" }
group = "both"
`;

/** A second package beside the first, pinned, in one group; then both locks move. */
export async function groupedWorld(): Promise<World> {
  const world = await makeWorld();
  const { repository } = world;
  const other = path.join(repository.work, 'other');
  await writeSmall(other);
  const { code, stderr } = await uvFod(['update', 'small', '--no-verify'], other);
  if (code !== 0) throw new Error(`uv-fod update ended with ${code}:\n${stderr}`);
  await lockSmall(other, '1.17.0');
  await mkdir(path.join(repository.work, '.github'));
  await writeFile(path.join(repository.work, '.github/uv-fod.toml'), config);
  await repository.push('A second package');
  return world;
}
