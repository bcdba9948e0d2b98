import type { Answer, Body } from '../artifacts/network.ts';
import { type Frame, frameOf, type Head, parseHead } from './http-frame.ts';

/** What an exchange asks of its connection. */
export interface Line {
  /** Read on. */
  readonly resume: () => void;
  /** The answer has ended, and whether another request may follow it; or the connection is of no use any more. */
  readonly release: (isFree: boolean) => void;
}

type Take = Parameters<Body['drain']>[0];

const longestHead = 64 * 1024;

/** One answer of HTTP/1.1 as it comes in, piece by piece; pieces are views of a buffer that is used again. */
export class Exchange {
  /** Fulfilled with the answer's beginning. */
  readonly answer: Promise<Answer>;
  readonly #line: Line;
  readonly #head = Promise.withResolvers<Answer>();
  readonly #body = Promise.withResolvers<void>();
  /** Copies of what came before somebody wanted it, or while the disk was waited for. */
  readonly #early: Buffer[] = [];
  #text = '';
  #known: Head | undefined;
  #frame: Frame | undefined;
  #take: Take | undefined;
  #isWaiting = false;
  #hasMore = false;
  #isOver = false;

  constructor(line: Line) {
    this.#line = line;
    this.answer = this.#head.promise;
    // Whoever asks for the body hears of it.
    this.#body.promise.catch(() => {});
  }

  /** Whether anything has come. */
  get isAnswered(): boolean {
    return this.#text !== '' || this.#known !== undefined;
  }

  /** @returns whether more is wanted now */
  feed(bytes: Buffer): boolean {
    try {
      const rest = this.#frame ? bytes : this.#feedHead(bytes);
      if (!this.#frame) return true;
      const used = this.#frame.take(rest, (piece) => this.#give(piece));
      this.#hasMore ||= used < rest.length;
      this.#settle();
      return this.#take !== undefined && !this.#isWaiting;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** The connection ended, without an error. */
  end(): void {
    if (this.#isOver) return;
    if (this.#frame === undefined) this.fail(new Error('the connection was closed before an answer came'));
    else if (this.#frame.isOpenEnded) {
      this.#frame.end();
      this.#settle();
    } else if (!this.#frame.isDone()) this.fail(new Error('the connection was closed before the end'));
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#head.reject(error);
    this.#body.reject(error);
    this.#line.release(false);
  }

  /** @returns what follows the head; empty where that has not ended */
  #feedHead(bytes: Buffer): Buffer {
    const before = this.#text.length;
    this.#text += bytes.toString('latin1');
    const end = this.#text.indexOf('\r\n\r\n', Math.max(0, before - 3));
    if (end < 0) {
      if (this.#text.length > longestHead) throw new Error('the answer has headers without an end');
      return bytes.subarray(bytes.length);
    }
    const head = parseHead(this.#text.slice(0, end));
    const rest = bytes.subarray(end + 4 - before);
    this.#text = '';
    // Something that is told on the way (RFC 9110, 15.2); the answer follows.
    if (head.status < 200) return this.#feedHead(rest);
    this.#known = head;
    this.#frame = frameOf(head);
    this.#head.resolve({
      status: head.status,
      header: (name) => head.headers.get(name),
      body: { drain: (take) => this.#drain(take), discard: () => this.fail(new Error('nobody wants it')) },
    });
    return rest;
  }

  #drain(take: Take): Promise<void> {
    this.#take = take;
    this.#goOn();
    return this.#body.promise;
  }

  #give(piece: Buffer): void {
    if (this.#take && !this.#isWaiting && this.#early.length === 0) this.#hand(this.#take, piece);
    else this.#early.push(Buffer.from(piece));
  }

  #hand(take: Take, piece: Buffer): void {
    const wait = take(piece);
    if (!wait) return;
    this.#isWaiting = true;
    wait.then(
      () => {
        this.#isWaiting = false;
        this.#goOn();
      },
      (error: unknown) => this.fail(error),
    );
  }

  #goOn(): void {
    try {
      while (this.#take && !this.#isWaiting && !this.#isOver) {
        const piece = this.#early.shift();
        if (piece === undefined) break;
        this.#hand(this.#take, piece);
      }
    } catch (error) {
      this.fail(error);
    }
    this.#settle();
    if (!this.#isOver && !this.#isWaiting) this.#line.resume();
  }

  /** Ends the exchange where all has come and been taken. */
  #settle(): void {
    const isTaken = this.#take !== undefined && !this.#isWaiting && this.#early.length === 0;
    if (this.#isOver || !isTaken || !this.#frame?.isDone()) return;
    this.#isOver = true;
    this.#body.resolve();
    this.#line.release(this.#known?.keepsAlive === true && !this.#frame.isOpenEnded && !this.#hasMore);
  }
}
