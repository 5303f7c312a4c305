import { useEffect } from "preact/hooks";
import { lettersLeft } from "../components/admin/whatsapp/letters_left.ts";

/** Counts what a field still takes; without it its hint says how much that is. */
export function LettersLeft({ field, place }: { field: string; place: string }) {
  useEffect(() => lettersLeft(field, place), []);
  return null;
}
