import { useSignal } from "@preact/signals";

/** The small island whose scripts the bench weighs. */
export default function Counter() {
  const count = useSignal(0);
  return <button type="button" onClick={() => count.value++}>{count}</button>;
}
