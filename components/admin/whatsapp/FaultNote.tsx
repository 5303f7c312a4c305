import type { DeliveryFault } from "../../../lib/shared/views/whatsapp_admin_view.ts";

/** What went wrong, what to do about it, and the code to look it up by. */
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
