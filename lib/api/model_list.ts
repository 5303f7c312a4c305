import { modelNamed, type NamingModels } from "../llm/named_models.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import type { Tool } from "../tools/rules/tool.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { Caller } from "./key_check.ts";

interface Needs extends NamingModels {
  store: { tools: Tools; settings: StoredSettings };
  catalogue: ModelCatalogue;
}

/** A tool as a model of /v1. */
export interface ApiModel {
  id: string;
  object: "model";
  /** Seconds since 1970; 0 for a tool that was never changed. */
  created: number;
  owned_by: string;
  name: string;
  description: string;
  /** Without it clients assume a short context. */
  context_length?: number;
  max_model_len?: number;
  max_output_tokens: number;
  architecture: { input_modalities: string[]; output_modalities: string[] };
}

/** The tools that a key may ask, in their order. */
export async function apiModels(deps: Needs, { key }: Caller): Promise<ApiModel[]> {
  const tools = (await deps.store.tools.list()).filter(({ id, active }) =>
    active && (key.tools === null || key.tools.includes(id))
  );
  return await Promise.all(tools.map((tool) => apiModel(deps, tool)));
}

/** One tool as a model. */
export async function apiModel(deps: Needs, tool: Tool): Promise<ApiModel> {
  const { store, catalogue } = deps;
  const ref = modelNamed(tool.model, deps);
  const { capabilities } = catalogue.entry(ref);
  const context = catalogue.contextOf(ref.provider, ref.model);
  const [latest] = await store.tools.versions(tool.id, 1);
  return {
    id: tool.id,
    object: "model",
    created: Math.floor((latest?.at ?? 0) / 1000),
    owned_by: store.settings.current.organisation.name,
    name: tool.name,
    description: tool.description,
    ...(context === null ? {} : { context_length: context, max_model_len: context }),
    max_output_tokens: tool.maxTokens,
    architecture: {
      input_modalities: capabilities.vision ? ["text", "image"] : ["text"],
      output_modalities: ["text"],
    },
  };
}
