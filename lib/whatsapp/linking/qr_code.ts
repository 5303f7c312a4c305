import { encode } from "uqr";

/** Light modules around the code that scanners require (ISO/IEC 18004, 6.3.8). */
const QUIET_ZONE = 4;

/** A QR code as a path, in units of one module. */
export interface QrCode {
  /** Modules per side, quiet zone included. */
  size: number;
  /** SVG path of the dark modules. */
  path: string;
}

/** Text as a QR code with error correction M (about 15% may be covered). */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: "M", border: QUIET_ZONE });
  const runs: string[] = [];
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < size; x++) {
      if (!row[x]) continue;
      let end = x;
      while (row[end]) end++;
      runs.push(`M${x} ${y}h${end - x}v1h${x - end}z`);
      x = end;
    }
  }
  return { size, path: runs.join("") };
}
