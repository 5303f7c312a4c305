import { useSignal } from "@preact/signals";

/** A minimal island, as a reference for script sizes. */
export default function Counter() {
  const count = useSignal(0);
  return <button type="button" onClick={() => count.value++}>{count}</button>;
}
