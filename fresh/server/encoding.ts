import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

/** Encodings that browsers accept and that are worth their time, best first. */
const ENCODERS = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const WORTHWHILE = 1024;
const TEXT = /^text\/|json|xml|javascript/;

/** The name of an encoding. */
export type Encoding = keyof typeof ENCODERS;

/** The encoding for a file, if the client knows one and it would help. */
export function pickEncoding(accept: string | null, type: string, size: number): Encoding | null {
  if (accept === null || size < WORTHWHILE || !TEXT.test(type)) return null;
  if (/\bbr\b(?!;\s*q=0(?:\.0*)?\b)/.test(accept)) return "br";
  return /\bgzip\b(?!;\s*q=0(?:\.0*)?\b)/.test(accept) ? "gzip" : null;
}

/** Compresses as well as possible; whoever calls this keeps the result. */
export async function encode(bytes: Bytes, encoding: Encoding): Promise<Bytes> {
  return new Uint8Array(await ENCODERS[encoding](bytes));
}
