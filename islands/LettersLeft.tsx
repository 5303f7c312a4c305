import { useEffect } from "preact/hooks";
import { lettersLeft } from "../components/admin/whatsapp/letters_left.ts";

/** Counts the characters left in a field; without a script its hint shows the maximum. */
export function LettersLeft({ field, place }: { field: string; place: string }) {
  useEffect(() => lettersLeft(field, place), []);
  return null;
}
