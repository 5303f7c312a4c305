import type { ProviderRow, ProviderTestView } from "../../../lib/shared/views/provider_view.ts";
import { Fact } from "../costs/Fact.tsx";
import { count, seconds } from "../costs/formats.ts";
import { keyText, mostCostText } from "./provider_texts.ts";

/** Result of a provider's last test. */
export function TestResult({ provider }: { provider: ProviderRow }) {
  const { name, title, test } = provider;
  if (test === null) return null;
  const { model, firstMs, usd, models } = test;
  return (
    <section aria-labelledby={`test-${name}`} class="stack">
      <h2 id={`test-${name}`}>Test of {title}</h2>
      <dl class="figs">
        <Fact name="Key" value={acceptedText(test, provider)}>{keyText(provider)}</Fact>
        <Fact name="First word" value={seconds(firstMs)}>{model ?? "no model was asked"}</Fact>
        <Fact name="Cost" value={usd === 0n ? "0¢" : mostCostText(usd)}>
          {usd === 0n ? "nothing was billed" : "counted in today's budget"}
        </Fact>
        <Fact name="Models" value={models === null ? "–" : count(models)}>
          {models === null ? "it gives no list" : "in its list"}
        </Fact>
      </dl>
    </section>
  );
}

function acceptedText({ key }: ProviderTestView, { keySetting, keyEnd }: ProviderRow): string {
  if (keySetting === null || keyEnd === null) return "None";
  return key === null ? "Not known" : key ? "Accepted" : "Refused";
}
