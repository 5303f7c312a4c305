import type { ProviderRow, ProvidersView } from "../../../lib/shared/views/provider_view.ts";
import type { EndingModel } from "../../../lib/shared/views/model_view.ts";
import { EndingModelList } from "../models/EndingModelList.tsx";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { KeySettings } from "./KeySettings.tsx";
import { ProviderItem } from "./ProviderItem.tsx";
import { mostCostText } from "./provider_texts.ts";
import { TestResult } from "./TestResult.tsx";
import { UsedModels } from "./UsedModels.tsx";

interface ProvidersPageProps {
  token: string;
  view: ProvidersView;
  /** Models in use that have ended or end soon. */
  endings: readonly EndingModel[];
  /** Names of the providers just tested. */
  tested: readonly string[];
  note: { good: boolean; text: string } | null;
}

/** The providers in their order, their tests, and the models that tools use. */
export function ProvidersPage({ token, view, endings, tested, note }: ProvidersPageProps) {
  const { providers, models, first, source, timeZone } = view;
  const firstTitle = providers.find(({ name }) => name === first)?.title ?? first;
  return (
    <AdminPage
      title="Providers and models"
      lead="A tool's own model is asked first. When it fails, the others answer in this order, and you are told."
      actions={
        <AdminForm token={token}>
          <button class="btn" name="action" value="test-all" type="submit">
            Test all{costOfAll(providers)}
          </button>
        </AdminForm>
      }
    >
      {note && <Note good={note.good}>{note.text}</Note>}
      <div class="stack">
        {providers.filter(({ name }) => tested.includes(name)).map((provider) => (
          <TestResult key={provider.name} provider={provider} timeZone={timeZone} />
        ))}
        <section class="panel" aria-label="Providers">
          <ol class="rows">
            {providers.map((provider) => (
              <ProviderItem
                key={provider.name}
                token={token}
                provider={provider}
                timeZone={timeZone}
              />
            ))}
          </ol>
          <p class="foot">A model that is named without a provider is one of {firstTitle}.</p>
        </section>
        <EndingModelList token={token} endings={endings} />
        <KeySettings />
        <UsedModels models={models} source={source} />
      </div>
    </AdminPage>
  );
}

function costOfAll(providers: readonly ProviderRow[]): string {
  const costs = providers.flatMap(({ testCost }) => testCost ?? []);
  return costs.length === 0
    ? ""
    : ` · ${mostCostText(costs.reduce((sum, each) => sum + each, 0n))}`;
}
