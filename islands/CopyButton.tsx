import { CopyKey } from "../components/admin/keys/CopyKey.tsx";

/** Copies a key that is shown once. */
export function CopyButton({ from }: { from: string }) {
  return <CopyKey from={from} />;
}
