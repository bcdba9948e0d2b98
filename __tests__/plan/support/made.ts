import { sources, workspaces } from './made-places.ts';
import type { MadeProject, Places } from './made-project.ts';
import { conflicts, forks, plain, rules } from './made-requirements.ts';

/** Requirement sets that are nasty each in its own way; uv makes a lock of every one. */
export function madeProjects(places: Places): readonly MadeProject[] {
  return [...plain(), ...forks(), ...conflicts(), ...rules(), ...sources(places), ...workspaces()];
}
