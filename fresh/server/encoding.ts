import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

/** Supported encodings, best first. */
const ENCODERS = { br: promisify(brotliCompress), gzip: promisify(gzip) };
const WORTHWHILE = 1024;
const TEXT = /^text\/|json|xml|javascript/;

export type Encoding = keyof typeof ENCODERS;

/** Best encoding for a file; null if unsupported by the client or not worthwhile. */
export function pickEncoding(accept: string | null, type: string, size: number): Encoding | null {
  if (accept === null || size < WORTHWHILE || !TEXT.test(type)) return null;
  if (/\bbr\b(?!;\s*q=0(?:\.0*)?\b)/.test(accept)) return "br";
  return /\bgzip\b(?!;\s*q=0(?:\.0*)?\b)/.test(accept) ? "gzip" : null;
}

/** Compresses at default levels (Brotli 11, gzip 6); slow, so callers cache the result. */
export async function encode(bytes: Bytes, encoding: Encoding): Promise<Bytes> {
  return new Uint8Array(await ENCODERS[encoding](bytes));
}
