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
  note: { good: boolean; texts: readonly string[] } | null;
}

/** The providers in their order, their tests, and the models that tools use. */
export function ProvidersPage({ token, view, endings, tested, note }: ProvidersPageProps) {
  const { providers, models, first, source, timeZone } = view;
  // Results of several stand in the note and in the list.
  const only = tested.length === 1 ? providers.find(({ name }) => name === tested[0]) : undefined;
  const firstTitle = providers.find(({ name }) => name === first)?.title ?? first;
  return (
    <AdminPage
      title="Providers and models"
      lead="A tool's own model is asked first. When it fails, the others are asked in this order."
      actions={
        <AdminForm token={token}>
          <button class="btn" name="action" value="test-all" type="submit">
            Test all{costOfAll(providers)}
          </button>
        </AdminForm>
      }
    >
      {note && (
        <Note good={note.good}>
          <span>{note.texts.map((text) => <span key={text} class="line">{text}</span>)}</span>
        </Note>
      )}
      <div class="stack">
        {only && <TestResult provider={only} />}
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
          <p class="foot">
            A model without the name of a provider before it is one of {firstTitle}.
          </p>
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
