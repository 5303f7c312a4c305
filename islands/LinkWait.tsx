import { LinkWaiting, type LinkWaitingProps } from "../components/whatsapp/LinkWaiting.tsx";

/** Checks whether the phone has sent the link code. */
export function LinkWait(props: LinkWaitingProps) {
  return <LinkWaiting {...props} />;
}
