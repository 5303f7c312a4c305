import { useEffect } from "preact/hooks";
import { keepForms } from "../components/admin/settings/kept_forms.ts";

/** Keeps unsaved input of one section while another is saved. */
export function KeptForms() {
  useEffect(() => keepForms(), []);
  return null;
}
