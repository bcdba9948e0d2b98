import { randomBytes } from 'node:crypto';
import { UserError } from '../system/errors.ts';
import type { Run } from '../system/run.ts';
import { digestBytes, sriOf } from '../system/sri.ts';
import { type Copy, copyOf } from './copy.ts';
import { type EvaluatedHash, type HashPlace, replaced } from './hash-candidates.ts';
import type { DerivationRef } from './target.ts';

/** What is needed to find a hash. */
export interface FindContext {
  readonly run: Run;
  readonly read: (file: string) => Promise<string | undefined>;
  readonly scratch: string;
}

/** A hash, and the literals that may be its. */
export interface OpenHash {
  readonly one: EvaluatedHash;
  readonly index: number;
  readonly candidates: readonly HashPlace[];
}

/** Most literals that are tried one by one. */
const MOST_TRIED = 24;

/** The hashes as Nix evaluates them for a derivation in a copy. */
export type EvaluateHashes = (copied: DerivationRef) => Promise<readonly (string | null | undefined)[]>;

/** Changes of literals in a copy, and what Nix sees of them. */
export class HashTrials {
  readonly #derivation: DerivationRef;
  readonly #candidates: readonly HashPlace[];
  readonly #evaluated: EvaluateHashes;
  readonly #context: FindContext;
  #copy: Copy | undefined;

  constructor(
    derivation: DerivationRef,
    candidates: readonly HashPlace[],
    evaluated: EvaluateHashes,
    context: FindContext,
  ) {
    this.#derivation = derivation;
    this.#candidates = candidates;
    this.#evaluated = evaluated;
    this.#context = context;
  }

  /** @returns for each hash its literal; `several` if more than one counts */
  async decide(open: readonly OpenHash[]): Promise<(HashPlace | 'several' | undefined)[]> {
    const likely = this.#candidates.filter((one) => one.isLikely);
    let all = likely.length === 0 ? [] : await this.#try(likely, open);
    // Any empty text may be it.
    if (open.some(({ index }) => !all[index]) && likely.length < this.#candidates.length) {
      const more = await this.#try(this.#candidates, open);
      all = open.map(({ index }) => all[index] ?? more[index]);
    }
    const winners = [...new Set(all.filter((one) => one !== undefined))];
    // What others are changed to must not matter.
    const alone = winners.length < this.#candidates.length ? await this.#try(winners, open) : all;
    const isDecided = (index: number): boolean => all[index] !== undefined && alone[index] === all[index];
    const found: (HashPlace | 'several' | undefined)[] = [];
    for (const one of open)
      found.push(isDecided(one.index) ? all[one.index] : await this.#oneByOne(one, open));
    return found;
  }

  async #oneByOne(one: OpenHash, open: readonly OpenHash[]): Promise<HashPlace | 'several' | undefined> {
    if (one.candidates.length < 2) return undefined;
    const seen: HashPlace[] = [];
    for (const candidate of one.candidates.slice(0, MOST_TRIED))
      if ((await this.#try([candidate], open))[one.index] === candidate) seen.push(candidate);
    if (seen.length === 1) return seen[0];
    return seen.length > 1 || (await this.#together(one)) ? 'several' : undefined;
  }

  /** Whether Nix sees a change of all that is the same. */
  async #together({ one, index, candidates }: OpenHash): Promise<boolean> {
    const fake = fakeOf(one, 0);
    const values = await this.#values(candidates.map((place) => ({ place, value: fake })));
    return sriOf(values?.[index] ?? '', one.algorithm) === fake;
  }

  /** @returns for each hash the literal whose change Nix sees, if all of these are changed */
  async #try(places: readonly HashPlace[], open: readonly OpenHash[]): Promise<(HashPlace | undefined)[]> {
    const changes = places.map((place, at) => {
      const of = open.find(({ candidates }) => candidates.includes(place));
      return { place, value: fakeOf(of?.one ?? { algorithm: 'sha256' }, at + 1) };
    });
    const values = await this.#values(changes);
    return open.map(({ one, index, candidates }) => {
      const now = sriOf(values?.[index] ?? '', one.algorithm);
      return changes.find(({ place, value }) => value === now && candidates.includes(place))?.place;
    });
  }

  /** Evaluates changes; undefined if Nix can't. */
  async #values(
    changes: readonly { readonly place: HashPlace; readonly value: string }[],
  ): Promise<readonly (string | null | undefined)[] | undefined> {
    const { read } = this.#context;
    this.#copy ??= await copyOf(this.#derivation, this.#context);
    const files = [...Map.groupBy(changes, ({ place }) => place.file)];
    const before = new Map<string, string>();
    for (const [file, own] of files) {
      const text = (await read(file)) ?? '';
      before.set(file, text);
      await this.#copy.write(file, replaced(file, text, own));
    }
    try {
      return await this.#evaluated(this.#copy.derivation);
    } catch (error) {
      // It may be the value of something else, whose evaluation fails because of it.
      if (error instanceof UserError) return undefined;
      throw error;
    } finally {
      for (const [file, text] of before) await this.#copy.write(file, text);
    }
  }

  async end(): Promise<void> {
    await this.#copy?.remove();
  }
}

/** A hash that no output has, another one for each number. */
function fakeOf({ algorithm }: Pick<EvaluatedHash, 'algorithm'>, number: number): string {
  const bytes = randomBytes(digestBytes[algorithm] ?? 32);
  bytes.writeUInt16BE(number);
  return `${algorithm}-${bytes.toString('base64')}`;
}
