import { Counts, Distributions } from "../platform/counts.ts";
import type { EventBus } from "../platform/event_bus.ts";
import { NANO_PER_USD } from "../shared/money.ts";
import type { Metric } from "./rules/exposition.ts";

/** Bounds in seconds, of first words and of whole replies. */
const SECONDS = [0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 8, 12, 20, 30, 60];

/** Counts this process's settled calls and passed messages, from its events. */
export class CallCounts {
  private readonly turns = new Counts(["tool", "channel", "outcome"]);
  private readonly usd = new Counts(["tool", "channel", "basis"]);
  private readonly tokens = new Counts(["type"]);
  private readonly firstText = new Distributions([], SECONDS);
  private readonly stream = new Distributions([], SECONDS);
  private readonly messages = new Counts(["direction", "status"], 40);

  constructor({ bus }: { bus: EventBus }) {
    bus.subscribe("CallSettled", (call) => {
      const { tool, channel, outcome, basis, tokens, firstMs, startedAt, endedAt } = call;
      this.usd.add([tool, channel, basis], Number(call.usd) / Number(NANO_PER_USD));
      for (const [type, count] of Object.entries(tokens)) this.tokens.add([type], count);
      if (!call.reply) return;
      this.turns.add([tool, channel, outcome]);
      if (firstMs !== null) this.firstText.add([], firstMs / 1000);
      this.stream.add([], Math.max(0, endedAt - startedAt) / 1000);
    });
    bus.subscribe(
      "MessagePassed",
      ({ direction, status }) => this.messages.add([direction, status]),
    );
  }

  metrics(): Metric[] {
    return [
      { name: "obt_turns_total", type: "counter", values: this.turns.values() },
      { name: "obt_first_text_seconds", type: "histogram", values: this.firstText.values() },
      { name: "obt_stream_seconds", type: "histogram", values: this.stream.values() },
      { name: "obt_tokens_total", type: "counter", values: this.tokens.values() },
      { name: "obt_cost_usd_total", type: "counter", values: this.usd.values() },
      { name: "obt_whatsapp_messages_total", type: "counter", values: this.messages.values() },
    ];
  }
}
