import { createHash } from "node:crypto";
import type { RawRecord } from "../store/whole_store/generation_records.ts";
import {
  type BackupHeader,
  DamagedBackup,
  headerLine,
  LONGEST_LINE,
  parseHeader,
  parseLine,
  recordLine,
  trailerLine,
} from "./lines.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes of lines that are compressed at once. */
const PIECE = 64 * 1024;

/** A backup's records, counted and hashed. */
export interface Tally {
  records: number;
  /** Hex SHA-256 of the lines of its records. */
  sha256: string;
}

/** Counts and hashes lines of records, in their order. */
export class RecordTally {
  private readonly hash = createHash("sha256");
  private records = 0;

  add(line: string): void {
    this.records++;
    this.hash.update(line).update("\n");
  }

  end(): Tally {
    return { records: this.records, sha256: this.hash.digest("hex") };
  }
}

/**
 * A backup of records, compressed. `told` is called at its end.
 * @throws {NotStorable} in the stream, for a value that Deno KV could not have stored
 */
export function backupOf(
  records: AsyncIterable<readonly RawRecord[]>,
  header: Omit<BackupHeader, "format" | "version">,
  told: (tally: Tally) => void = () => {},
): ReadableStream<Bytes> {
  return ReadableStream.from(linesOf(records, header, told))
    .pipeThrough(new TextEncoderStream())
    .pipeThrough(new CompressionStream("gzip"));
}

async function* linesOf(
  records: AsyncIterable<readonly RawRecord[]>,
  header: Omit<BackupHeader, "format" | "version">,
  told: (tally: Tally) => void,
): AsyncGenerator<string> {
  const whole = createHash("sha256");
  const tally = new RecordTally();
  let text = `${headerLine(header)}\n`;
  for await (const piece of records) {
    for (const record of piece) {
      const line = recordLine(record);
      tally.add(line);
      text += `${line}\n`;
      if (text.length < PIECE) continue;
      whole.update(text);
      yield text;
      text = "";
    }
  }
  whole.update(text);
  yield text;
  const counted = tally.end();
  yield `${trailerLine({ records: counted.records, sha256: whole.digest("hex") })}\n`;
  told(counted);
}

/** A record with its line. */
export interface BackupRecord extends RawRecord {
  line: string;
}

/** Yields the header, then batches of records. They can be trusted only once it has ended. */
export async function* readBackup(
  stream: ReadableStream<Bytes>,
): AsyncGenerator<{ header: BackupHeader } | { records: BackupRecord[] }> {
  const whole = createHash("sha256");
  let header: BackupHeader | null = null;
  let count = 0;
  let end: string | null = null;
  for await (const lines of linesIn(stream)) {
    const records: BackupRecord[] = [];
    for (const line of lines) {
      if (end !== null) throw new DamagedBackup("trailing lines");
      if (header === null) {
        header = parseHeader(line);
        yield { header };
      } else {
        const parsed = parseLine(line);
        if ("path" in parsed) records.push({ ...parsed, line });
        else {
          count += records.length;
          const { records: said, sha256 } = parsed;
          if (said !== count || sha256 !== whole.digest("hex")) {
            throw new DamagedBackup("checksum");
          }
          // No checksum has its own line: it must be as it was written.
          if (line !== trailerLine(parsed)) throw new DamagedBackup("record");
          if (records.length > 0) yield { records: records.splice(0) };
          end = sha256;
          continue;
        }
      }
      whole.update(line).update("\n");
    }
    count += records.length;
    if (records.length > 0) yield { records };
  }
  if (end === null) throw new DamagedBackup("end");
}

/** Lines in batches as they come; the last one has its line feed too. */
async function* linesIn(stream: ReadableStream<Bytes>): AsyncGenerator<string[]> {
  const text = stream
    .pipeThrough(new DecompressionStream("gzip"))
    .pipeThrough(new TextDecoderStream("utf-8", { fatal: true, ignoreBOM: true }));
  let rest = "";
  try {
    for await (const piece of text) {
      const lines = (rest + piece).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) throw new DamagedBackup("line length");
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    // Not gzip, cut off, or no UTF-8.
    if (error instanceof TypeError) throw new DamagedBackup(error.message);
    throw error;
  }
  if (rest !== "") throw new DamagedBackup("end");
}
