import { z } from "zod";
import { API_TEXTS, OPERATION_TEXTS } from "../../locales/admin/openapi.ts";
import { problemSchema } from "./api_answers.ts";
import type { Access, DocumentedBody, Operation } from "./operation.ts";
import { API_OPERATIONS } from "./operations/api.ts";
import { PAGE_OPERATIONS } from "./operations/pages.ts";
import { V1_OPERATIONS } from "./operations/v1.ts";
import { apiErrorSchema } from "./v1_schemas.ts";

export const OPERATIONS: readonly Operation[] = [
  ...V1_OPERATIONS,
  ...API_OPERATIONS,
  ...PAGE_OPERATIONS,
];

/** Schemes of security by who may call. */
const SECURITY: Readonly<Record<Access, readonly Record<string, string[]>[]>> = {
  anybody: [],
  // A visitor without a cookie is a new one.
  visitor: [{}, { visitor: [] }],
  key: [{ key: [] }],
  twilio: [{ twilio: [] }],
  operator: [{ metrics: [] }],
};

const SECURITY_SCHEMES = {
  key: { type: "http", scheme: "bearer", description: API_TEXTS.bearer },
  metrics: { type: "http", scheme: "bearer", description: API_TEXTS.metrics },
  visitor: { type: "apiKey", in: "cookie", name: "visitor", description: API_TEXTS.visitor },
  twilio: {
    type: "apiKey",
    in: "header",
    name: "X-Twilio-Signature",
    description: API_TEXTS.twilio,
  },
};

/** The OpenAPI 3.1 document, from the schemas by which requests are read. */
export function openApiDocument(title: string, version: string) {
  const paths = Map.groupBy(OPERATIONS, ({ path }) => path);
  return {
    openapi: "3.1.0",
    info: { title, version, description: API_TEXTS.description },
    paths: Object.fromEntries(
      [...paths].map(([path, operations]) => [
        path,
        Object.fromEntries(
          operations.map((each) => [each.method.toLowerCase(), operationOf(each)]),
        ),
      ]),
    ),
    components: {
      schemas: {
        Problem: schemaOf(problemSchema, "output"),
        ApiError: schemaOf(apiErrorSchema, "output"),
      },
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

function operationOf({ id, path, access, parameters, request, answers, alsoAt }: Operation) {
  return {
    operationId: id,
    summary: OPERATION_TEXTS[id],
    tags: [path.startsWith("/v1") ? "v1" : path.startsWith("/api/") ? "api" : "pages"],
    security: SECURITY[access],
    ...(parameters === undefined ? {} : {
      parameters: parameters.map(({ name, in: place, schema, required }) => ({
        name,
        in: place,
        required: place === "path" || required === true,
        schema: schemaOf(schema, "input"),
      })),
    }),
    ...(request === undefined
      ? {}
      : { requestBody: { required: true, content: contentOf(request, "input") } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, bodies]) => [status, {
          description: API_TEXTS.ok,
          ...(bodies.length === 0 ? {} : { content: contentOf(bodies, "output") }),
        }]),
      ),
      default: errorOf(path),
    },
    ...(alsoAt === undefined ? {} : { "x-also-at": alsoAt }),
  };
}

/** An operation's errors, all in the form of its API; pages answer with a page. */
function errorOf(path: string) {
  if (path.startsWith("/v1")) {
    const schema = { $ref: "#/components/schemas/ApiError" };
    return { description: API_TEXTS.apiError, content: { "application/json": { schema } } };
  }
  const problem = { schema: { $ref: "#/components/schemas/Problem" } };
  const content = path.startsWith("/api/") || path === "/metrics"
    ? { "application/problem+json": problem }
    : { "text/html": {} };
  return { description: API_TEXTS.error, content };
}

function contentOf(bodies: readonly DocumentedBody[], io: "input" | "output") {
  return Object.fromEntries(bodies.map(({ type, schema, events }) => [type, {
    ...(schema === undefined ? {} : { schema: schemaOf(schema, io) }),
    // OpenAPI 3.1 has no word for the items of a stream.
    ...(events === undefined
      ? {}
      : { schema: { type: "string" }, "x-event-data": schemaOf(events, io) }),
  }]));
}

function schemaOf(schema: z.ZodType, io: "input" | "output") {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
