import { ByteView, joinBytes } from "./byte_view.ts";
import type { CleanFile } from "./orientation.ts";
import { animated, checkedSize, countPart, damaged, trailing } from "./picture_limits.ts";

const EXTENSION = 0x21, IMAGE = 0x2c, TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;

/**
 * A GIF's only frame with its palettes and transparency, nothing else.
 * https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function cleanGif(bytes: Uint8Array): CleanFile {
  const view = new ByteView(bytes);
  const { width, height } = checkedSize(view.u16(6, true), view.u16(8, true));
  let at = 13 + paletteBytes(view.u8(10));
  const kept = [Uint8Array.from("GIF89a", (letter) => letter.charCodeAt(0)), view.part(6, at)];
  let control: Uint8Array | null = null;
  let frames = 0;
  for (let parts = 0;; parts = countPart(parts)) {
    const block = view.u8(at++);
    if (block === TRAILER) break;
    if (block === EXTENSION) {
      const label = view.u8(at++);
      const end = subBlocksEnd(view, at);
      if (label === GRAPHIC_CONTROL && frames === 0) control = controlOf(view.part(at, end));
      at = end;
    } else if (block === IMAGE) {
      if (frames++ > 0) throw animated();
      const right = view.u16(at, true) + view.u16(at + 4, true);
      const bottom = view.u16(at + 2, true) + view.u16(at + 6, true);
      if (right > width || bottom > height) throw damaged();
      checkedSize(view.u16(at + 4, true), view.u16(at + 6, true));
      const data = at + 9 + paletteBytes(view.u8(at + 8));
      const codeBits = view.u8(data);
      const end = subBlocksEnd(view, data + 1);
      if (codeBits < 2 || codeBits > 8 || end === data + 2) throw damaged();
      if (control !== null) kept.push(Uint8Array.of(EXTENSION, GRAPHIC_CONTROL), control);
      kept.push(Uint8Array.of(IMAGE), view.part(at, end));
      at = end;
    } else throw damaged();
  }
  if (frames === 0) throw damaged();
  if (at < view.length) throw trailing();
  return { bytes: joinBytes([...kept, Uint8Array.of(TRAILER)]), width, height };
}

function paletteBytes(flags: number): number {
  return flags & 0x80 ? 3 << (flags & 7) + 1 : 0;
}

function subBlocksEnd(view: ByteView, from: number): number {
  let at = from;
  for (;;) {
    const length = view.u8(at++);
    if (length === 0) return at;
    at += length;
  }
}

/** The transparent colour, without the delay of an animation. */
function controlOf(block: Uint8Array): Uint8Array {
  if (block.length !== 6 || block[0] !== 4) throw damaged();
  const [, flags = 0, , , transparent = 0] = block;
  return Uint8Array.of(4, flags & 1, 0, 0, transparent, 0);
}
