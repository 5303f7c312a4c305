const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = "obt";
const ID_LENGTH = 8;
/** 32 bytes in base 62. */
const SECRET_LENGTH = 43;
/** 32 bits in base 62. */
const CHECKSUM_LENGTH = 6;

/** Bytes of randomness in an id and in a secret. */
export const KEY_BYTES = { id: 8, secret: 32 } as const;

/** A key as programs send it, in its parts. */
export interface ParsedKey {
  /** Public id, under which the key is stored. */
  id: string;
  secret: string;
}

const ID = `[0-9A-Za-z]{${ID_LENGTH}}`;
const FORM = new RegExp(
  `^(${PREFIX}_(${ID})_([0-9A-Za-z]{${SECRET_LENGTH}}))([0-9A-Za-z]{${CHECKSUM_LENGTH}})$`,
);

/** Id of a key from random bytes. */
export function keyIdOf(bytes: Uint8Array): string {
  return base62(numberOf(bytes) % 62n ** BigInt(ID_LENGTH), ID_LENGTH);
}

/** Secret of a key from random bytes. */
export function secretOf(bytes: Uint8Array): string {
  return base62(numberOf(bytes), SECRET_LENGTH);
}

/** Writes a key as `obt_<id>_<secret><checksum>`, a form that secret scanners find. */
export function formatKey({ id, secret }: ParsedKey): string {
  const text = `${PREFIX}_${id}_${secret}`;
  return text + checksum(text);
}

/** Parses a key; null for another form, or when the checksum reveals a typo. */
export function parseKey(text: string): ParsedKey | null {
  const [, signed, id, secret, sum] = FORM.exec(text) ?? [];
  if (signed === undefined || id === undefined || secret === undefined) return null;
  return checksum(signed) === sum ? { id, secret } : null;
}

/** The public part of a key, by which admins know it. */
export function keyLabel({ id }: Pick<ParsedKey, "id">): string {
  return `${PREFIX}_${id}`;
}

export function isKeyId(text: string): boolean {
  return new RegExp(`^${ID}$`).test(text);
}

/** CRC-32 (IEEE 802.3) in base 62. */
function checksum(text: string): string {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return base62(BigInt((crc ^ 0xffffffff) >>> 0), CHECKSUM_LENGTH);
}

function numberOf(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => sum << 8n | BigInt(byte), 0n);
}

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; rest > 0n; rest /= 62n) text = (DIGITS[Number(rest % 62n)] ?? "") + text;
  return text.padStart(length, "0");
}
