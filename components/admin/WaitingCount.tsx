import { createContext } from "preact";
import { useContext } from "preact/hooks";

/** Number of people who wait on WhatsApp. */
export const WaitingPeopleContext = createContext(0);

/** That number, beside a link; nothing for none. */
export function WaitingCount() {
  const people = useContext(WaitingPeopleContext);
  if (people === 0) return null;
  return (
    <span class="count">
      {people}
      <span class="sr">{people === 1 ? " person waits" : " people wait"}</span>
    </span>
  );
}
