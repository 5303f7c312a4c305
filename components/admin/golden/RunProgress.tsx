import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { followRun } from "./follow_run.ts";

interface RunProgressProps {
  /** Address of the run's state. */
  from: string;
  /** Text of the progress so far. */
  said: string;
}

/** Follows a run while its page is seen, and loads the page again at its end. */
export function RunProgress({ from, said }: RunProgressProps) {
  const text = useSignal(said);
  useEffect(() =>
    followRun(from, {
      progressed: (told) => void (text.value = told),
      ended: () => location.reload(),
    }), []);
  return <p class="meta" role="status">{text.value}</p>;
}
