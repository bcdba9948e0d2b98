// The large libraries of the loopback GitHub and of those who ask it; `libraries.ts` loads them.
import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLError, type GraphQLSchema, graphql } from 'graphql';

export { getOctokit } from '@actions/github';
export { GraphQLError, graphql };

let schema: GraphQLSchema | undefined;

/**
 * GitHub's own schema: 1.2 MB of text, read when the first query comes. Not by the package's own
 * module, which parses 5 MB of JSON twice and builds a second schema of it.
 */
export function githubSchema(): GraphQLSchema {
  const file = new URL('schema.graphql', import.meta.resolve('@octokit/graphql-schema'));
  schema ??= buildSchema(readFileSync(file, 'utf8'), { assumeValid: true, noLocation: true });
  return schema;
}
