import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { AdminIcon } from "../AdminIcon.tsx";

/** Button that copies an element's text; it needs a script, so it appears with one. */
export function CopyKey({ from }: { from: string }) {
  const told = useSignal<string | null>(null);
  useEffect(() => void (told.value = ""), []);
  if (told.value === null) return null;
  const copy = async () => {
    const output = document.getElementById(from);
    if (output === null) return;
    try {
      // Pages without https have no clipboard.
      await navigator.clipboard.writeText(output.textContent ?? "");
      told.value = "Copied.";
    } catch {
      getSelection()?.selectAllChildren(output);
      told.value = document.execCommand("copy") ? "Copied." : "It is selected. Copy it by hand.";
    }
  };
  return (
    <>
      <button type="button" class="btn pri" onClick={copy}>
        <AdminIcon name="copy" />
        Copy key
      </button>
      <span class="meta" role="status">{told.value}</span>
    </>
  );
}
