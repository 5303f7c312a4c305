import type { DeliveryFault } from "../../../lib/shared/views/whatsapp_admin_view.ts";

/** A delivery error: meaning, action and code. */
export function FaultNote({ fault: { code, meaning, action } }: { fault: DeliveryFault }) {
  return (
    <p class="fault">
      <strong>{meaning}</strong> {action}
      {code !== null && (
        <>
          {" "}
          <span class="meta">Error {code}</span>
        </>
      )}
    </p>
  );
}
