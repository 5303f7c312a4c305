import { z } from "zod";
import { toolId } from "../../../tools/rules/tool.ts";
import { linkAsked, linkVerified } from "../../link_request.ts";
import { turnBody } from "../../turn_request.ts";
import { transcriptBody } from "../../upload_request.ts";
import * as answer from "../api_answers.ts";
import { chatEventData } from "../chat_event_schemas.ts";
import { json, NO_BODY, type Operation } from "../operation.ts";

const tool = { name: "toolId", in: "path", schema: toolId } as const;
const id = { name: "id", in: "path", schema: z.string() } as const;
const offset = z.number().int().min(0);
const EVENTS = { type: "text/event-stream", events: chatEventData };
const TWIML = [{ type: "text/xml" }];
const SIGNED = [{ type: "application/x-www-form-urlencoded", schema: z.looseObject({}) }];
const openApi = z.looseObject({ openapi: z.literal("3.1.0") });

/** The operations below /api, and /metrics. */
export const API_OPERATIONS: readonly Operation[] = [
  {
    id: "beginTurn",
    method: "POST",
    path: "/api/chat",
    access: "visitor",
    request: [json(turnBody)],
    answers: { 200: [EVENTS], 202: [json(answer.begunTurn)] },
    alsoAt: "/.netlify/functions/chat",
  },
  {
    id: "followConversation",
    method: "GET",
    path: "/api/chat/{toolId}/events",
    access: "visitor",
    parameters: [
      tool,
      { name: "after", in: "query", schema: z.string() },
      { name: "Last-Event-ID", in: "header", schema: z.string() },
    ],
    answers: { 200: [EVENTS] },
  },
  {
    id: "stopReply",
    method: "POST",
    path: "/api/chat/{toolId}/stop",
    access: "visitor",
    parameters: [tool],
    answers: { 204: NO_BODY },
  },
  {
    id: "keepFile",
    method: "POST",
    path: "/api/media",
    access: "visitor",
    parameters: [
      { name: "Upload-Length", in: "header", schema: offset },
      { name: "Idempotency-Key", in: "header", schema: z.string() },
    ],
    request: [{
      type: "multipart/form-data",
      schema: z.object({ file: z.unknown().meta({ contentMediaType: "image/*" }) }),
    }],
    answers: { 201: [json(z.union([answer.keptPicture, answer.begunUpload]))] },
  },
  {
    id: "readFile",
    method: "GET",
    path: "/api/media/{id}",
    access: "visitor",
    parameters: [id, { name: "Range", in: "header", schema: z.string() }],
    answers: {
      200: [{ type: "image/*" }, { type: "audio/*" }],
      206: [{ type: "image/*" }, { type: "audio/*" }],
    },
  },
  {
    id: "askUpload",
    method: "HEAD",
    path: "/api/media/{id}",
    access: "visitor",
    parameters: [id],
    answers: { 200: NO_BODY },
  },
  {
    id: "appendPiece",
    method: "PATCH",
    path: "/api/media/{id}",
    access: "visitor",
    parameters: [
      id,
      { name: "Upload-Offset", in: "header", schema: offset, required: true },
    ],
    request: [{ type: "application/offset+octet-stream" }],
    answers: { 204: NO_BODY },
  },
  {
    id: "discardFile",
    method: "DELETE",
    path: "/api/media/{id}",
    access: "visitor",
    parameters: [id],
    answers: { 204: NO_BODY },
  },
  {
    id: "transcribe",
    method: "POST",
    path: "/api/media/{id}/transcript",
    access: "visitor",
    parameters: [id],
    request: [json(transcriptBody)],
    answers: { 200: [json(answer.transcriptAnswer)] },
  },
  {
    id: "readLink",
    method: "GET",
    path: "/api/link",
    access: "visitor",
    answers: { 200: [json(answer.linkState)] },
  },
  {
    id: "beginLink",
    method: "POST",
    path: "/api/link",
    access: "visitor",
    request: [json(linkAsked)],
    answers: { 201: [json(answer.shownCode)], 202: [json(answer.sentCode)] },
    alsoAt: "/.netlify/functions/send-link-code",
  },
  {
    id: "endLink",
    method: "DELETE",
    path: "/api/link",
    access: "visitor",
    answers: { 204: NO_BODY },
  },
  {
    id: "verifyLink",
    method: "POST",
    path: "/api/link/verify",
    access: "visitor",
    request: [json(linkVerified)],
    answers: { 200: [json(answer.verifiedLink)] },
    alsoAt: "/.netlify/functions/verify-link-code",
  },
  {
    id: "listTools",
    method: "GET",
    path: "/api/tools",
    access: "anybody",
    answers: { 200: [json(answer.publicTools)] },
    alsoAt: "/.netlify/functions/tools",
  },
  {
    id: "readCosts",
    method: "GET",
    path: "/api/cost-summary",
    access: "anybody",
    parameters: [{ name: "toolId", in: "query", schema: toolId }],
    answers: { 200: [json(answer.costSummarySchema)] },
    alsoAt: "/.netlify/functions/cost-summary",
  },
  {
    id: "receiveWhatsApp",
    method: "POST",
    path: "/api/whatsapp",
    access: "twilio",
    request: SIGNED,
    answers: { 200: TWIML },
    alsoAt: "/.netlify/functions/whatsapp",
  },
  {
    id: "receiveStatus",
    method: "POST",
    path: "/api/whatsapp/status",
    access: "twilio",
    request: SIGNED,
    answers: { 200: TWIML },
  },
  {
    id: "readVoiceNote",
    method: "GET",
    path: "/api/voice",
    access: "anybody",
    parameters: [{ name: "of", in: "query", schema: z.string(), required: true }],
    answers: { 200: [{ type: "audio/*" }], 404: NO_BODY },
  },
  {
    id: "readHealth",
    method: "GET",
    path: "/api/health",
    access: "anybody",
    parameters: [{ name: "of", in: "query", schema: z.literal("process") }],
    answers: {
      200: [{ type: "application/health+json", schema: answer.healthSchema }],
      503: [{ type: "application/health+json", schema: answer.healthSchema }],
    },
    alsoAt: "/.netlify/functions/verify-sync",
  },
  {
    id: "readLiveness",
    method: "GET",
    path: "/api/live",
    access: "anybody",
    answers: { 200: [json(answer.liveness)] },
    alsoAt: "/.netlify/functions/simple-test",
  },
  {
    id: "readOpenApi",
    method: "GET",
    path: "/api/openapi.json",
    access: "anybody",
    answers: { 200: [json(openApi)] },
  },
  {
    id: "readMetrics",
    method: "GET",
    path: "/metrics",
    access: "operator",
    answers: { 200: [{ type: "text/plain" }] },
  },
];
