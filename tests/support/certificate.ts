import { Buffer } from "node:buffer";

/** A TLS server's certificate and key. */
export interface Certificate {
  /** Both PEM. */
  cert: string;
  key: string;
}

const HOUR_MS = 3_600_000;

/** One DER value: ITU-T X.690. */
function der(tag: number, ...contents: (Uint8Array | number[])[]): Uint8Array {
  const content = Buffer.concat(contents.map((each) => Uint8Array.from(each)));
  const { length } = content;
  const size = length < 128
    ? [length]
    : length < 256
    ? [0x81, length]
    : [0x82, length >> 8, length & 255];
  return Uint8Array.from([tag, ...size, ...content]);
}

const sequence = (...contents: (Uint8Array | number[])[]) => der(0x30, ...contents);
const time = (ms: number) =>
  der(0x17, [
    ...new TextEncoder().encode(
      new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, ""),
    ),
  ]);
const ECDSA_SHA256 = sequence([6, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2]);
const COMMON_NAME = [6, 3, 0x55, 4, 3];
const ALTERNATIVE_NAMES = [6, 3, 0x55, 0x1d, 0x11];

/** Makes a self-signed certificate for `localhost`: X.509 v3, RFC 5280, with P-256. */
export async function selfSigned(): Promise<Certificate> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256" };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]);
  const name = sequence(
    der(0x31, sequence(COMMON_NAME, der(0x0c, [...new TextEncoder().encode("localhost")]))),
  );
  const localhost = der(0x82, [...new TextEncoder().encode("localhost")]);
  const about = sequence(
    der(0xa0, [2, 1, 2]),
    der(2, [1, ...crypto.getRandomValues(new Uint8Array(8))]),
    ECDSA_SHA256,
    name,
    sequence(time(Date.now() - HOUR_MS), time(Date.now() + HOUR_MS)),
    name,
    new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)),
    der(0xa3, sequence(sequence(ALTERNATIVE_NAMES, der(4, sequence(localhost))))),
  );
  const signed = new Uint8Array(
    await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, privateKey, about.slice()),
  );
  const signature = sequence(integer(signed.subarray(0, 32)), integer(signed.subarray(32)));
  const cert = sequence(about, ECDSA_SHA256, der(3, [0], signature));
  const key = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  return { cert: pem("CERTIFICATE", cert), key: pem("PRIVATE KEY", key) };
}

/** A positive DER INTEGER in its shortest form. */
function integer(bytes: Uint8Array): Uint8Array {
  const start = Math.max(0, bytes.findIndex((byte) => byte !== 0));
  const digits = bytes.subarray(start);
  return der(2, (digits[0] ?? 0) > 127 ? [0, ...digits] : digits);
}

function pem(label: string, bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}
