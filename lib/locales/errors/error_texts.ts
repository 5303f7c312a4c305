import type { Catalogue } from "../coded.ts";
import type { ErrorKind, ErrorParams } from "./codes.ts";
import type { PictureErrorParams } from "./picture_codes.ts";
import type { SoundErrorParams } from "./sound_codes.ts";

/** Errors of pictures and recordings. */
export type MediaErrors = Catalogue<PictureErrorParams & SoundErrorParams>;

/** Texts of errors outside of the admin area and of /v1, in one language. */
export interface ErrorTexts {
  /** By the kind of error; without a full stop. */
  readonly titles: Readonly<Record<ErrorKind, string>>;
  /** A program fault, without details. */
  readonly internal: { readonly title: string; readonly detail: string };
  readonly wrongMethod: string;
  /** First what happened, then until when: pages insert the reader's own time there. */
  readonly errors: Catalogue<ErrorParams> & MediaErrors;
}
