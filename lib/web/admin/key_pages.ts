import type { Context } from "fresh";
import { parseKeyFields, readKeyFields } from "../../api/rules/key_form.ts";
import type { ApiKeyFields, ShownKey } from "../../shared/views/api_key_view.ts";
import type { State } from "../define.ts";
import type { FormFields } from "./admin_form.ts";

/** The list of keys, with one that was just made. */
export async function keyListData(
  ctx: Context<State>,
  shown: ShownKey | null,
  note: { good: boolean; text: string } | null,
) {
  const { api, deps: { config, clock } } = ctx.state.services;
  const timeZone = config.TIME_ZONE;
  const month = new Intl.DateTimeFormat("en", { timeZone, month: "long" }).format(clock());
  return { timeZone, month, rows: await api.keys.list(), shown, note };
}

/** The tools that a key can be limited to. */
export async function toolChoices(ctx: Context<State>): Promise<{ id: string; name: string }[]> {
  const tools = await ctx.state.services.deps.store.tools.list();
  return tools.map(({ id, name }) => ({ id, name }));
}

/** A posted form of a key: its input and the resulting settings. */
export async function postedKey(ctx: Context<State>, form: FormFields) {
  const { calendar, clock } = ctx.state.services.deps;
  const fields: ApiKeyFields = readKeyFields((name) => form.text(name), (name) => form.all(name));
  const known = (await toolChoices(ctx)).map(({ id }) => id);
  return { fields, ...parseKeyFields(fields, known, calendar.dayOf(clock())) };
}
