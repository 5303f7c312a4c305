import { DamagedBackup } from "./lines.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/*
 * An encrypted file, by AES-256-GCM in frames, so that it can be read as a stream:
 *
 *   "OBTBAK1\n", 16 bytes of salt
 *   frames: 4 bytes of length (big-endian), cipher text with its tag
 *
 * The key is PBKDF2's (SHA-256, 600,000 rounds) of the passphrase and the salt. A frame's nonce is
 * its number, with a first byte of 1 in the last frame: none can be left out, moved or added.
 */
const MAGIC = new TextEncoder().encode("OBTBAK1\n");
const SALT = 16;
const ROUNDS = 600_000;
const FRAME = 64 * 1024;
const TAG = 16;

/** The file was made with another key, or is not encrypted. */
export class WrongKey extends Error {
  override name = "WrongKey";
}

async function keyOf(passphrase: string, salt: Bytes): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(passphrase.normalize("NFKC")),
    "PBKDF2",
    false,
    ["deriveKey"],
  );
  return await crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function nonceOf(frame: number, last: boolean): Bytes {
  const nonce = new Uint8Array(12);
  nonce[0] = last ? 1 : 0;
  new DataView(nonce.buffer).setUint32(8, frame);
  return nonce;
}

/** Encrypts a stream. */
export function encrypted(
  stream: ReadableStream<Bytes>,
  passphrase: string,
): ReadableStream<Bytes> {
  return ReadableStream.from(encryptedPieces(stream, passphrase));
}

async function* encryptedPieces(
  stream: ReadableStream<Bytes>,
  passphrase: string,
): AsyncGenerator<Bytes> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT));
  const key = await keyOf(passphrase, salt);
  yield joined(MAGIC, salt);
  let frame = 0;
  const sealed = async (plain: Bytes, last: boolean) => {
    const cipher = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv: nonceOf(frame++, last) },
      key,
      plain,
    );
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, cipher.byteLength);
    return joined(length, new Uint8Array(cipher));
  };
  let rest: Bytes = new Uint8Array();
  for await (const piece of stream) {
    rest = joined(rest, piece);
    while (rest.length > FRAME) {
      yield await sealed(rest.slice(0, FRAME), false);
      rest = rest.slice(FRAME);
    }
  }
  yield await sealed(rest, true);
}

/** Whether a file begins as an encrypted one. */
export function isEncrypted(start: Uint8Array): boolean {
  return MAGIC.every((byte, at) => start[at] === byte);
}

/**
 * Decrypts a stream.
 * @throws {WrongKey} in the stream
 * @throws {DamagedBackup} in the stream, for one that was changed or cut off
 */
export function decrypted(
  stream: ReadableStream<Bytes>,
  passphrase: string,
): ReadableStream<Bytes> {
  return ReadableStream.from(decryptedPieces(stream, passphrase));
}

async function* decryptedPieces(
  stream: ReadableStream<Bytes>,
  passphrase: string,
): AsyncGenerator<Bytes> {
  const reader = new ByteReader(stream);
  const start = await reader.take(MAGIC.length);
  if (start === null || !isEncrypted(start)) throw new WrongKey();
  const salt = await reader.take(SALT);
  if (salt === null) throw new DamagedBackup("end");
  const key = await keyOf(passphrase, salt);
  for (let frame = 0;; frame++) {
    const head = await reader.take(4);
    if (head === null) throw new DamagedBackup("end");
    const length = new DataView(head.buffer).getUint32(0);
    if (length < TAG || length > FRAME + TAG) throw new DamagedBackup("frame");
    const cipher = await reader.take(length);
    if (cipher === null) throw new DamagedBackup("end");
    const last = await reader.ended();
    try {
      const iv = nonceOf(frame, last);
      yield new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, cipher));
    } catch {
      // The first frame tells a wrong key from damage as little as any: most often it is the key.
      throw frame === 0 ? new WrongKey() : new DamagedBackup("frame");
    }
    if (last) return;
  }
}

/** Takes exact numbers of bytes from a stream. */
class ByteReader {
  private readonly reader: ReadableStreamDefaultReader<Bytes>;
  private rest: Bytes = new Uint8Array();

  constructor(stream: ReadableStream<Bytes>) {
    this.reader = stream.getReader();
  }

  /** Null when fewer are left. */
  async take(count: number): Promise<Bytes | null> {
    while (this.rest.length < count) if (!await this.more()) return null;
    const taken = this.rest.slice(0, count);
    this.rest = this.rest.slice(count);
    return taken;
  }

  async ended(): Promise<boolean> {
    return this.rest.length === 0 && !await this.more();
  }

  private async more(): Promise<boolean> {
    for (;;) {
      const { done, value } = await this.reader.read();
      if (done) return false;
      this.rest = joined(this.rest, value);
      if (this.rest.length > 0) return true;
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Bytes {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
