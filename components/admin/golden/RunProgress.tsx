import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const POLL_MS = 2_000;

interface RunProgressProps {
  /** Address of the run's state. */
  from: string;
  /** The text of what is made. */
  said: string;
}

/** Follows a run while its page is seen, and loads the page again at its end. */
export function RunProgress({ from, said }: RunProgressProps) {
  const text = useSignal(said);
  useEffect(() => {
    const timer = setInterval(async () => {
      if (document.hidden) return;
      const response = await fetch(from).catch(() => null);
      if (!response?.ok) return;
      const { running, progress } = await response.json();
      if (running !== true) location.reload();
      else if (typeof progress === "string") text.value = progress;
    }, POLL_MS);
    return () => clearInterval(timer);
  }, []);
  return <p class="meta" role="status">{text.value}</p>;
}
