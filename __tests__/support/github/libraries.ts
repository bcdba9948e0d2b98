import path from 'node:path';
import { requireByNode } from '../files/by-node.ts';

/** `loaded-once.ts`, once for each process: its libraries and the schema take 0.8 s to load. */
export const { githubSchema, GraphQLError, graphql, getOctokit } = requireByNode(
  path.join(import.meta.dirname, 'loaded-once.ts'),
) as typeof import('./loaded-once.ts');
export type GraphQLError = import('graphql').GraphQLError;
