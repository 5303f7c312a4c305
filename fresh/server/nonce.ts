const SIZE = 16;
const pool = new Uint8Array(SIZE * 256);
let used = pool.length;

/** 128 random bits as text. Taken from a pool, because asking the system costs more than the bits. */
export function randomNonce(): string {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += SIZE;
  return pool.subarray(used - SIZE, used).toBase64();
}
