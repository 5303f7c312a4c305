import type { Text } from "../../../shared/text.ts";

/** Texts of pictures in the message field. */
export interface PictureTexts {
  /** Name of the button. */
  readonly add: string;
  readonly preparing: string;
  /** Size of a picture; `size` as in "240 KB". */
  readonly ready: Text<"size">;
  readonly removed: string;
  readonly remove: Text<"name">;
  readonly picture: Text<"number">;
  readonly heic: string;
  readonly unreadable: string;
  readonly notSeen: string;
  readonly tooMany: Text<"most">;
  /** Neither the server has it, nor has this device room for it. */
  readonly noRoom: string;
  /** Without a script. */
  readonly form: string;
}
