import type { LinkView } from "../../lib/shared/views/link_view.ts";

interface LinkByNumberProps {
  path: string;
  sent: LinkView["sent"];
  /** The field that was refused. */
  refused: string | null;
}

/** A code that is sent to a phone and typed here; for phones that wrote to us of late. */
export function LinkByNumber({ path, sent, refused }: LinkByNumberProps) {
  return (
    <>
      {sent && (
        <form class="ask link-box" method="post" action={`${path}?way=number`}>
          <h2>Type the code</h2>
          <p>
            If {sent.phone} wrote to us within the last 24 hours, it has a code now that holds for
            {" "}
            {minutes(sent.leftMs)}. Nothing came? Send us any message on WhatsApp first and ask
            again, or <a href={path}>scan the QR code</a>: that always works.
          </p>
          <label for="code">The code from the message</label>
          <input
            id="code"
            name="code"
            required
            maxLength={40}
            placeholder="2345-ABCD"
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck={false}
            {...invalid(refused === "code")}
          />
          <p class="choices">
            <button class="button primary" name="action" value="verify" type="submit">Link</button>
          </p>
        </form>
      )}
      <form class="ask link-box" method="post" action={`${path}?way=number`}>
        <h2>{sent ? "Another number, or a new code" : "Get a code by WhatsApp"}</h2>
        {!sent && (
          <p>
            We send a code to your phone if it wrote to us within the last 24 hours: WhatsApp allows
            no other. If it did not, send us any message first, or{" "}
            <a href={path}>scan the QR code</a>.
          </p>
        )}
        <label for="phone">Your WhatsApp number, with its country's code</label>
        <input
          id="phone"
          name="phone"
          type="tel"
          required
          maxLength={40}
          placeholder="+41 79 123 45 67"
          autocomplete="tel"
          {...invalid(refused === "phone")}
        />
        <p class="choices">
          <button
            class={sent ? "button" : "button primary"}
            name="action"
            value="send"
            type="submit"
          >
            Send me a code
          </button>
          {!sent && <a class="button" href={path}>Back</a>}
        </p>
      </form>
    </>
  );
}

function minutes(ms: number): string {
  const whole = Math.max(1, Math.ceil(ms / 60_000));
  return whole === 1 ? "one more minute" : `${whole} more minutes`;
}

function invalid(is: boolean) {
  return is ? { "aria-invalid": "true" as const } : {};
}
