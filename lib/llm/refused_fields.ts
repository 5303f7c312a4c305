import type { IncomingMessage } from "node:http";
import { toResponse } from "../platform/http_client.ts";
import { BoundedMap } from "../shared/bounded_map.ts";
import type { ProviderError } from "./provider.ts";

/** Number of models whose refused fields are remembered. */
const MOST_MODELS = 500;
/** Maximum number of retries of a request without refused fields. */
const MOST_FIELDS = 6;

/** A request in a provider's protocol, whose optional fields a model may refuse. */
export interface AdaptableRequest<Field, Body, Refusal> {
  model: string;
  body(without: ReadonlySet<Field>): Body;
  send(body: string): Promise<IncomingMessage>;
  refusalOf(response: Response): Promise<Refusal>;
  /** The field that caused a refusal, if the request can be sent without it; else null. */
  refusedField(status: number, refusal: Refusal, body: Body): Field | null;
  failure(response: Response, refusal: Refusal): ProviderError;
}

/** The fields that each of a provider's models has refused, learned from its answers. */
export class RefusedFields<Field> {
  readonly #known = new BoundedMap<string, ReadonlySet<Field>>(MOST_MODELS);

  /** @param usual those that are known from the start, for all models */
  constructor(private readonly usual: ReadonlySet<Field> = new Set()) {}

  /**
   * Sends a request; retries without each field refused by name: nothing was generated then.
   * @returns a successful response
   * @throws {ProviderError} for a refusal
   */
  async send<Body, Refusal>(
    request: AdaptableRequest<Field, Body, Refusal>,
  ): Promise<IncomingMessage> {
    const before = this.#known.get(request.model) ?? this.usual;
    for (let without = before;;) {
      const body = request.body(without);
      const message = await request.send(JSON.stringify(body));
      const { statusCode: status = 0 } = message;
      if (status >= 200 && status < 300) {
        if (without !== before) this.#known.set(request.model, without);
        return message;
      }
      const response = await toResponse(message);
      const refusal = await request.refusalOf(response);
      const field = request.refusedField(status, refusal, body);
      if (field === null || without.has(field) || without.size >= this.usual.size + MOST_FIELDS) {
        throw request.failure(response, refusal);
      }
      without = new Set([...without, field]);
    }
  }
}
