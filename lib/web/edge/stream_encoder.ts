import { constants, createGzip } from "node:zlib";

/** Encodes the pieces of a stream, so that a reader can decode each as soon as it arrives. */
export interface StreamEncoder {
  /** Calls `done` when the piece is emitted. */
  write(text: string, done?: () => void): void;
  /** Ends the stream after its last piece. */
  end(): void;
  /** Drops the stream; nothing is emitted any more. */
  drop(): void;
}

type Emit = (bytes: Uint8Array) => void;

const encoder = new TextEncoder();

/** UTF-8 as it is. */
export function plainEncoder(emit: Emit, ended: () => void): StreamEncoder {
  const write = (text: string, done = () => {}) => {
    emit(encoder.encode(text));
    done();
  };
  return { write, end: ended, drop: () => {} };
}

/** A window of 4 KB: some 24 KB of memory a stream in place of 260, for a few bytes more. */
const OPTIONS = { windowBits: 12, memLevel: 5 };

/**
 * gzip, made at the first piece. A partial flush after each piece costs the fewest bytes of those
 * after which all that was written can be decoded.
 */
export function gzipEncoder(emit: Emit, ended: () => void): StreamEncoder {
  let dropped = false;
  const open = () => {
    const gzip = createGzip(OPTIONS);
    gzip.on("data", (bytes: Uint8Array) => {
      if (!dropped) emit(new Uint8Array(bytes));
    });
    gzip.on("end", () => {
      if (!dropped) ended();
    });
    return gzip;
  };
  let gzip: ReturnType<typeof open> | undefined;
  return {
    write: (text, done) => {
      if (dropped) return;
      gzip ??= open();
      gzip.write(text);
      gzip.flush(constants.Z_PARTIAL_FLUSH, done);
    },
    end: () => {
      gzip ??= open();
      gzip.end();
    },
    drop: () => {
      dropped = true;
      gzip?.destroy();
    },
  };
}

/** Whether a request takes gzip. */
export function takesGzip({ headers }: Request): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\b)/.test(headers.get("accept-encoding") ?? "");
}
