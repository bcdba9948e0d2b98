/** A repository's name on GitHub, as its API takes it. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
}
