/*
 * The part of protobuf's wire format that KV Connect needs: varints and length-delimited fields.
 * https://protobuf.dev/programming-guides/encoding/
 */

/** A field of a message: a number, or bytes (also for text and messages). */
export interface Field {
  tag: number;
  value: bigint | Uint8Array<ArrayBuffer>;
}

/**
 * The fields of a message in order.
 * @throws {RangeError} when it is truncated or uses another wire type.
 */
export function readFields(bytes: Uint8Array<ArrayBuffer>): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n;; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 63n) throw new RangeError("A number is cut off");
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const head = Number(varint());
    const tag = head >> 3;
    if ((head & 7) === 0) fields.push({ tag, value: varint() });
    else if ((head & 7) === 2) {
      const end = Number(varint()) + at;
      if (end > bytes.length) throw new RangeError("A field is cut off");
      fields.push({ tag, value: bytes.subarray(at, end) });
      at = end;
    } else throw new RangeError(`Wire type ${head & 7} is not read`);
  }
  return fields;
}

export function bytesOf(fields: readonly Field[], tag: number): Uint8Array<ArrayBuffer>[] {
  const found: Uint8Array<ArrayBuffer>[] = [];
  for (const { tag: own, value } of fields) {
    if (own === tag && typeof value !== "bigint") found.push(value);
  }
  return found;
}

/** The last number with that tag; 0 when there is none, as in proto3. */
export function numberOf(fields: readonly Field[], tag: number): number {
  for (const { tag: own, value } of fields.toReversed()) {
    if (own === tag && typeof value === "bigint") return Number(BigInt.asIntN(64, value));
  }
  return 0;
}

/** Encodes a message; numbers must be whole and not negative. */
export function message(...fields: [tag: number, value: number | Uint8Array][]): Uint8Array {
  const head: number[][] = [];
  let length = 0;
  for (const [tag, value] of fields) {
    const bytes = typeof value === "number"
      ? [...varint(tag << 3), ...varint(value)]
      : [...varint(tag << 3 | 2), ...varint(value.length)];
    head.push(bytes);
    length += bytes.length + (typeof value === "number" ? 0 : value.length);
  }
  const out = new Uint8Array(length);
  let at = 0;
  fields.forEach(([, value], i) => {
    out.set(head[i] ?? [], at);
    at += head[i]?.length ?? 0;
    if (typeof value === "number") return;
    out.set(value, at);
    at += value.length;
  });
  return out;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 + 128);
  bytes.push(value);
  return bytes;
}
