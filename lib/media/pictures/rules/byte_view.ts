import { damaged } from "./picture_limits.ts";

/** Numbers and parts of a file; a read beyond its end is a damaged picture. */
export class ByteView {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.view.getUint8(this.within(at, 1));
  }

  u16(at: number, little = false): number {
    return this.view.getUint16(this.within(at, 2), little);
  }

  u24le(at: number): number {
    return this.u16(at, true) | this.u8(at + 2) << 16;
  }

  u32(at: number, little = false): number {
    return this.view.getUint32(this.within(at, 4), little);
  }

  /** Bytes as characters 0 to 255. */
  text(at: number, length: number): string {
    return String.fromCharCode(...this.part(at, at + length));
  }

  part(from: number, end: number): Uint8Array {
    this.within(from, end - from);
    return this.bytes.subarray(from, end);
  }

  private within(at: number, length: number): number {
    if (at < 0 || length < 0 || at + length > this.bytes.length) throw damaged();
    return at;
  }
}

/** Joins parts to one file of its own memory. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
