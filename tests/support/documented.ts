import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { z } from "zod";
import { SseDecoder } from "@/lib/shared/sse.ts";
import { assert, assertEquals } from "./assert.ts";

const content = z.record(
  z.string(),
  z.looseObject({ schema: z.unknown().optional(), "x-event-data": z.unknown().optional() }),
);
const response = z.looseObject({ content: content.optional() });
const operation = z.looseObject({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.string() }).loose()).default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), response),
});
const METHODS = ["get", "head", "post", "put", "patch", "delete"] as const;
const document = z.looseObject({
  openapi: z.literal("3.1.0"),
  paths: z.record(z.string(), z.partialRecord(z.enum(METHODS), operation)),
});

type Operation = z.output<typeof operation>;
type Content = z.output<typeof content>;

interface Place {
  method: string;
  path: string;
  operation: Operation;
}

/** A running API and its OpenAPI document: each answer is held against what the document says. */
export class DocumentedApi {
  readonly places: readonly Place[];
  /** The operations that were called with success, by id. */
  readonly succeeded = new Set<string>();
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });

  constructor(readonly text: unknown) {
    const { paths } = document.parse(text);
    addFormats.default(this.ajv);
    this.ajv.addSchema(z.looseObject({}).parse(text), "openapi");
    this.places = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, each]) =>
        each === undefined ? [] : [{ method: method.toUpperCase(), path, operation: each }]
      )
    );
  }

  /** Checks a request and its answer; returns the answer with its body read. */
  async check(request: Request, answer: Response): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const found = this.places.filter(({ method, path }) =>
      method === request.method && matches(path, pathname)
    );
    const [place] = found.sort((a, b) => parametersIn(a.path) - parametersIn(b.path));
    const about = `${request.method} ${pathname} ${answer.status}`;
    assert.ok(place, `${about} is not documented`);
    const { operation, path } = place;
    for (const name of searchParams.keys()) {
      const known = operation.parameters.some((each) => each.in === "query" && each.name === name);
      assert.ok(known, `${about}: ?${name} is not documented`);
    }
    for (const [, name] of path.matchAll(/\{(\w+)\}/g)) {
      assert.ok(
        operation.parameters.some((each) => each.in === "path" && each.name === name),
        about,
      );
    }
    const own = operation.responses[String(answer.status)];
    if (answer.status < 400) assert.ok(own, `${about}: the status is not documented`);
    const { content } = own ?? operation.responses.default ?? {};
    const body = await answer.bytes();
    if (answer.status < 400) this.succeeded.add(operation.operationId);
    if (content === undefined) assertEquals(body.length, 0, `${about} has a body`);
    else if (request.method !== "HEAD") this.checkBody(content, answer, body, about);
    return new Response(body.length === 0 ? null : body, answer);
  }

  /** What is wrong with a value, by a schema; null when nothing is. */
  fault(schema: unknown, value: unknown): string | null {
    const inside = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"openapi#/'));
    const validate = this.ajv.compile(inside);
    return validate(value) ? null : this.ajv.errorsText(validate.errors);
  }

  private checkBody(content: Content, answer: Response, body: Uint8Array, about: string): void {
    const [type = ""] = (answer.headers.get("content-type") ?? "").split(";");
    const [, described] = Object.entries(content).find(([name]) => fits(name, type)) ?? [];
    assert.ok(described, `${about}: ${type} is not documented`);
    const text = new TextDecoder().decode(body);
    if (described["x-event-data"] !== undefined) {
      const events = new SseDecoder().push(text).filter(({ data }) => data !== "[DONE]");
      assert.ok(events.length > 0, about);
      for (const { data } of events) {
        assertEquals(
          this.fault(described["x-event-data"], JSON.parse(data)),
          null,
          `${about}: ${data}`,
        );
      }
    } else if (described.schema !== undefined) {
      assertEquals(this.fault(described.schema, JSON.parse(text)), null, `${about}: ${text}`);
    }
  }
}

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("/"), given = path.split("/");
  return parts.length === given.length &&
    parts.every((part, i) => part.startsWith("{") ? given[i] !== "" : part === given[i]);
}

function parametersIn(path: string): number {
  return path.split("{").length;
}

function fits(name: string, type: string): boolean {
  return name === type || (name.endsWith("/*") && type.startsWith(name.slice(0, -1)));
}
