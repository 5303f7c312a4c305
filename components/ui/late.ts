import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** A part of the page's script that is loaded on its first use; null until then. */
export function useLate<Part>(wanted: boolean, load: () => Promise<Part>): Part | null {
  const part = useSignal<Part | null>(null);
  useEffect(() => {
    if (wanted && part.peek() === null) load().then((loaded) => part.value = loaded, () => {});
  }, [wanted]);
  return part.value;
}
