import type { Kv } from "../store/kv.ts";
import { type ApiKey, apiKeys } from "./records.ts";

/** The API keys, read from the store each time: an ended key is refused at once everywhere. */
export class StoredApiKeys {
  constructor(private readonly kv: Kv) {}

  async get(id: string): Promise<ApiKey | null> {
    return (await this.kv.get(apiKeys.key(id))).value;
  }

  /** The keys that were not ended, by name, with the times of their last use. */
  async list(): Promise<{ key: ApiKey; usedAt: number | null }[]> {
    const rows = await this.kv.list(
      { prefix: ["api_key"] },
      (path) => apiKeys.key(String(path[1])),
    );
    const keys = rows.map(({ value }) => value).filter(({ endedAt }) => endedAt === null)
      .sort((a, b) => a.name.localeCompare(b.name) || a.createdAt - b.createdAt);
    const used = await this.kv.getMany(keys.map(({ id }) => apiKeys.used(id)));
    return keys.map((key, i) => ({ key, usedAt: used[i]?.value ?? null }));
  }
}
