import type { LinkView, MirrorView } from "../../lib/shared/views/link_view.ts";

interface LinkedProps {
  path: string;
  linked: NonNullable<LinkView["linked"]>;
  costs: LinkView["costs"];
  timeZone: string;
}

/** A link that stands: with which phone, what goes there, and how to end it. */
export function Linked({ path, linked, costs, timeZone }: LinkedProps) {
  const { phone, since, mirror, silent } = linked;
  const at = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "medium", timeStyle: "short" });
  const choices: [MirrorView, string, string][] = [
    ["reply", "The reply", `about ${costs.reply} for each of your messages here`],
    ["both", "My question and the reply", `about ${costs.both} for each`],
    ["off", "Nothing", "no cost; what you write on WhatsApp is answered there all the same"],
  ];
  return (
    <>
      <p class="link-done" role="status">
        Linked with <b>{phone}</b> since{" "}
        <time dateTime={new Date(since).toISOString()}>{at.format(since)}</time>. Just write, here
        or there.
      </p>
      {silent && (
        <p class="link-note">
          {silent === "stopped"
            ? "Nothing goes there now, for STOP was sent on the phone. START lets it go on."
            : "Nothing goes there now, for you did not write on WhatsApp for 24 hours. Any message lets it go on."}
        </p>
      )}
      <form class="ask link-box" method="post" action={path}>
        <fieldset>
          <legend>What of this page goes to WhatsApp?</legend>
          {choices.map(([value, label, cost]) => (
            <label key={value} class="link-choice">
              <input type="radio" name="mirror" value={value} checked={value === mirror} />
              <span>
                <b>{label}</b>
                <span class="meta">{cost}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <p class="meta">
          A long reply is several messages. Nothing is sent when you did not write on WhatsApp for
          24 hours, or sent STOP there.
        </p>
        <p class="choices">
          <button class="button primary" name="action" value="mirror" type="submit">Save</button>
        </p>
      </form>
      <form class="ask link-box" method="post" action={path}>
        <h2>End the link</h2>
        <p>
          What was said stays on this page. The phone is told, and goes on with what it had said
          before by itself.
        </p>
        <p class="choices">
          <button class="button danger" name="action" value="unlink" type="submit">Unlink</button>
        </p>
      </form>
    </>
  );
}
