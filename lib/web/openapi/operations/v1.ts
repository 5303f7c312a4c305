import { z } from "zod";
import * as v1 from "../v1_schemas.ts";
import { json, type Operation } from "../operation.ts";

/** The operations of the API for programs. */
export const V1_OPERATIONS: readonly Operation[] = [
  {
    id: "nameAddresses",
    method: "GET",
    path: "/v1",
    access: "anybody",
    answers: { 200: [json(v1.apiAddresses)] },
  },
  {
    id: "complete",
    method: "POST",
    path: "/v1/chat/completions",
    access: "key",
    request: [json(v1.completionParameters)],
    answers: {
      200: [json(v1.completionAnswer), { type: "text/event-stream", events: v1.completionChunk }],
    },
  },
  {
    id: "listModels",
    method: "GET",
    path: "/v1/models",
    access: "key",
    answers: { 200: [json(v1.apiModelList)] },
  },
  {
    id: "readModel",
    method: "GET",
    path: "/v1/models/{id}",
    access: "key",
    parameters: [{ name: "id", in: "path", schema: z.string() }],
    answers: { 200: [json(v1.apiModelSchema)] },
  },
];
