import { HTTPParser, type OnHeadersCompleteParser } from 'http-parser-js';
import type { Answer, Body } from '../artifacts/network.ts';

/** What an exchange asks of its connection. */
export interface Line {
  /** Read on. */
  readonly resume: () => void;
  /** The answer has ended, and whether another request may follow it; or the connection is of no use any more. */
  readonly release: (isFree: boolean) => void;
}

type Take = Parameters<Body['drain']>[0];
type Room = Parameters<Body['drain']>[1];

type HeadInfo = Parameters<OnHeadersCompleteParser>[0];

const longestHead = 64 * 1024;

/** One answer of HTTP/1.1 as it comes in, piece by piece; pieces are views of a buffer that is used again. */
export class Exchange {
  /** Fulfilled with the answer's beginning. */
  readonly answer: Promise<Answer>;
  readonly #line: Line;
  readonly #head = Promise.withResolvers<Answer>();
  readonly #body = Promise.withResolvers<void>();
  readonly #parser: InstanceType<typeof HTTPParser>;
  /** Copies of what came before somebody wanted it, or while the disk was waited for. */
  readonly #early: Buffer[] = [];
  #came = 0;
  #given = 0;
  /** Where in its memory the last piece of the body ended. */
  #lastEnd = -1;
  #hasHead = false;
  #isWhole = false;
  #keepsAlive = false;
  /** Bytes of the body that are still to come, where its length is told. */
  #left = 0;
  #take: Take | undefined;
  #room: Room;
  #isWaiting = false;
  #isOver = false;

  constructor(line: Line) {
    this.#line = line;
    this.answer = this.#head.promise;
    // Whoever asks for the body hears of it.
    this.#body.promise.catch(() => {});
    this.#parser = new HTTPParser(HTTPParser.RESPONSE);
    this.#parser.maxHeaderSize = longestHead;
    this.#parser[HTTPParser.kOnHeaders] = () => {};
    this.#parser[HTTPParser.kOnHeadersComplete] = (info) => this.#begin(info);
    this.#parser[HTTPParser.kOnBody] = (piece) => this.#give(piece);
    this.#parser[HTTPParser.kOnMessageComplete] = () => {
      this.#isWhole = this.#hasHead;
    };
  }

  /** Whether anything has come. */
  get isAnswered(): boolean {
    return this.#came > 0;
  }

  /** Where the next bytes are best put; undefined where that does not matter. */
  room(): Buffer | undefined {
    const isTaken = this.#take !== undefined && !this.#isWaiting && this.#early.length === 0;
    return isTaken && this.#left > 0 && !this.#isOver ? this.#room?.() : undefined;
  }

  /** @returns whether more is wanted now */
  feed(bytes: Buffer): boolean {
    this.#came += bytes.length;
    try {
      if (this.#left > 0) this.#goThrough(bytes);
      else this.#parse(bytes);
      // Wrapping without end: headers, or what goes before and after pieces.
      if (this.#came - this.#given > 2 * longestHead + 8 * this.#given)
        throw new Error('the answer has more around its bytes than bytes');
      this.#keepsAlive &&= !this.#isWhole || this.#lastEnd === bytes.byteOffset + bytes.length;
      this.#settle();
      return !this.#hasHead || (this.#take !== undefined && !this.#isWaiting);
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  #parse(bytes: Buffer): void {
    const parsed = this.#parser.execute(bytes);
    if (parsed instanceof Error) throw new Error('the answer is not one of HTTP/1.1', { cause: parsed });
  }

  /** Of a body whose length is known nothing has to be parsed. */
  #goThrough(bytes: Buffer): void {
    this.#give(bytes.length > this.#left ? bytes.subarray(0, this.#left) : bytes);
    this.#isWhole = this.#left === 0;
  }

  /** The connection ended, without an error. */
  end(): void {
    if (this.#isOver || this.#isWhole) return;
    // Where neither length nor pieces are told, the end of the connection is that of the body.
    const isCut = this.#parser.finish() instanceof Error;
    if (!this.#hasHead || isCut) {
      this.fail(
        new Error(`the connection was closed before ${this.#hasHead ? 'the end' : 'an answer came'}`),
      );
      return;
    }
    this.#keepsAlive = false;
    this.#settle();
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#head.reject(error);
    this.#body.reject(error);
    this.#line.release(false);
  }

  /** @throws Error for what the parser lets pass */
  #begin({ statusCode, headers: lines, shouldKeepAlive }: HeadInfo): void {
    // Something that is told on the way (RFC 9110, 15.2); the answer follows.
    if (statusCode < 200) return;
    if (this.#hasHead) throw new Error('the answer is followed by another');
    const headers = new Map<string, string>();
    for (let at = 0; at + 1 < lines.length; at += 2) {
      const name = lines[at]?.toLowerCase() ?? '';
      if (!headers.has(name)) headers.set(name, lines[at + 1] ?? '');
    }
    const coding = headers.get('transfer-encoding');
    if (coding !== undefined && coding.toLowerCase() !== 'chunked')
      throw new Error('the answer has an encoding that nobody asked for');
    if (!/^\d{1,15}$/.test(headers.get('content-length') ?? '0'))
      throw new Error('the answer has a length that is no number');
    this.#hasHead = true;
    // Two that differ the parser does not let pass.
    if (coding === undefined) this.#left = Number(headers.get('content-length') ?? 0);
    // After pieces it is not known whether all was read that the server sent.
    this.#keepsAlive = shouldKeepAlive && coding === undefined;
    this.#head.resolve({
      status: statusCode,
      header: (name) => headers.get(name),
      body: {
        drain: (take, room) => this.#drain(take, room),
        discard: () => this.fail(new Error('nobody wants it')),
      },
    });
  }

  #drain(take: Take, room: Room): Promise<void> {
    [this.#take, this.#room] = [take, room];
    this.#goOn();
    return this.#body.promise;
  }

  #give(piece: Buffer): void {
    this.#given += piece.length;
    this.#left -= piece.length;
    this.#lastEnd = piece.byteOffset + piece.length;
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
    if (this.#isOver || !isTaken || !this.#isWhole) return;
    this.#isOver = true;
    this.#body.resolve();
    this.#line.release(this.#keepsAlive);
  }
}
