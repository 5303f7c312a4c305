import { GOLDEN } from "../../../lib/locales/admin/experiments/golden.ts";
import { formatUsd, parseUsd } from "../../../lib/shared/money.ts";
import type { ReviewedMessage } from "../../../lib/shared/views/review_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { When } from "../When.tsx";

interface ReviewMessageProps {
  message: ReviewedMessage;
  token: string;
  email: string;
  /** Sequence number where this page begins. */
  from: number;
  tool: string;
  timeZone: string;
  longest: number;
}

/** A message as the person saw it; replies with model, cost, rating and verdict. */
export function ReviewMessage(props: ReviewMessageProps) {
  const { message, tool, timeZone } = props;
  const { seq, role, html, at, reply, version, variant, insteadOf, rated, channel } = message;
  return (
    <li id={`m${seq}`} class={role === "user" ? "msg" : "msg me"}>
      <h2 class="meta">
        {role === "user" ? "Person" : tool} · <When at={at} timeZone={timeZone} />
        {channel !== undefined && ` · ${channel}`}
      </h2>
      <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
      {reply && (
        <p class="meta">
          {reply.model}
          {insteadOf !== null && ` in place of ${insteadOf}`} · {formatUsd(parseUsd(reply.usd))}
          {reply.basis !== "reported" && ` (${reply.basis})`}
          {version !== null &&
            ` · version ${version}${variant === null ? " of the tool" : ` · ${variant}`}`}
          {reply.reason !== "stop" && ` · ended by ${reply.reason}`}
          {reply.simulated && (
            <>
              {" "}
              <span class="chip plain">simulated</span>
            </>
          )}
        </p>
      )}
      {rated && (
        <p>
          <span class={rated.verdict === "up" ? "chip good" : "chip bad"}>
            {rated.verdict === "up" ? "Rated good" : "Rated bad"}
          </span>
          {rated.reason !== "" && <q dir="auto">{rated.reason}</q>}
        </p>
      )}
      {role === "assistant" && <Verdicts {...props} />}
    </li>
  );
}

function Verdicts({ message, token, email, from, longest }: ReviewMessageProps) {
  const { id, seq, verdicts } = message;
  const mine = verdicts.find(({ who }) => who === email);
  return (
    <div class="verdicts">
      {verdicts.length > 0 && (
        <ul>
          {verdicts.map(({ who, verdict, note }) => (
            <li key={who}>
              <span class={`chip ${verdict}`}>{verdict}</span> <bdi class="meta">{who}</bdi>{" "}
              {note !== "" && <q dir="auto">{note}</q>}
            </li>
          ))}
        </ul>
      )}
      <details class="more" open={mine !== undefined}>
        <summary>
          {mine ? "Your verdict" : "Judge"}
          <span class="sr">, reply {seq}</span>
        </summary>
        <AdminForm token={token} class="acts">
          <input type="hidden" name="message" value={id} />
          <input type="hidden" name="number" value={seq} />
          <input type="hidden" name="from" value={from} />
          <label class="field">
            <span>
              Note<span class="sr">on reply {seq}</span>
            </span>
            <input
              class="in"
              type="text"
              name="note"
              value={mine?.note ?? ""}
              maxLength={longest}
              dir="auto"
            />
          </label>
          {(["good", "bad"] as const).map((verdict) => (
            <button
              key={verdict}
              class="btn"
              name="action"
              value={verdict}
              type="submit"
              aria-pressed={mine?.verdict === verdict ? "true" : "false"}
            >
              {verdict === "good" ? "Good" : "Bad"}
              <span class="sr">: reply {seq}</span>
            </button>
          ))}
          {mine && (
            <button class="btn quiet" name="action" value="none" type="submit">
              Take back<span class="sr">the verdict on reply {seq}</span>
            </button>
          )}
          <button class="btn quiet" name="action" value="example" type="submit">
            {GOLDEN.make}
            <span class="sr">of reply {seq}</span>
          </button>
        </AdminForm>
      </details>
    </div>
  );
}
