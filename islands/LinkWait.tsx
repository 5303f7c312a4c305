import { LinkWaiting, type LinkWaitingProps } from "../components/whatsapp/LinkWaiting.tsx";

/** Looks on the page with a link code whether the phone has sent it. */
export function LinkWait(props: LinkWaitingProps) {
  return <LinkWaiting {...props} />;
}
