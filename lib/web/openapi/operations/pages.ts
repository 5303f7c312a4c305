import { z } from "zod";
import { toolId } from "../../../tools/rules/tool.ts";
import { exportedConversation } from "../api_answers.ts";
import { type DocumentedBody, HTML, json, NO_BODY, type Operation } from "../operation.ts";

const tool = { name: "toolId", in: "path", schema: toolId } as const;
const conversation = { name: "conversation", in: "query", schema: z.string() } as const;

function form(schema: z.ZodType): DocumentedBody[] {
  return [{ type: "application/x-www-form-urlencoded", schema }];
}

/** As of POST /api/chat, and two actions of the page's own. */
const chatFields = z.looseObject({
  action: z.enum(["send", "edit", "regenerate", "continue", "stop", "new"]).optional(),
  message: z.string().optional(),
  seq: z.string().optional(),
  requestId: z.string().optional(),
});

/** The pages and forms of visitors that others rely on. */
export const PAGE_OPERATIONS: readonly Operation[] = [
  {
    id: "homePage",
    method: "GET",
    path: "/",
    access: "anybody",
    parameters: [{ name: "q", in: "query", schema: z.string() }],
    answers: { 200: HTML },
  },
  {
    id: "chatPage",
    method: "GET",
    path: "/chat/{toolId}",
    access: "visitor",
    parameters: [tool],
    answers: { 200: HTML },
  },
  {
    id: "chatForm",
    method: "POST",
    path: "/chat/{toolId}",
    access: "visitor",
    parameters: [tool],
    request: form(chatFields),
    answers: { 303: NO_BODY },
  },
  {
    id: "exportConversation",
    method: "GET",
    path: "/chat/{toolId}/export",
    access: "visitor",
    parameters: [
      tool,
      { name: "format", in: "query", schema: z.literal("json") },
      conversation,
    ],
    answers: { 200: [json(exportedConversation), { type: "text/markdown" }] },
  },
  {
    id: "sharePage",
    method: "GET",
    path: "/chat/{toolId}/share",
    access: "visitor",
    parameters: [tool, conversation],
    answers: { 200: HTML },
  },
  {
    id: "shareForm",
    method: "POST",
    path: "/chat/{toolId}/share",
    access: "visitor",
    parameters: [tool],
    request: form(z.object({
      action: z.enum(["make", "stop"]),
      conversation: z.string().optional(),
      /** Of the link to stop. */
      id: z.string().optional(),
    })),
    answers: { 303: NO_BODY },
  },
  {
    id: "sharedPage",
    method: "GET",
    path: "/shared/{id}",
    access: "anybody",
    parameters: [{ name: "id", in: "path", schema: z.string() }],
    answers: { 200: HTML },
  },
  {
    id: "historyPage",
    method: "GET",
    path: "/history",
    access: "visitor",
    parameters: [
      { name: "q", in: "query", schema: z.string() },
      { name: "after", in: "query", schema: z.string() },
    ],
    answers: { 200: HTML },
  },
  { id: "helpPage", method: "GET", path: "/help", access: "anybody", answers: { 200: HTML } },
  { id: "dataPage", method: "GET", path: "/my-data", access: "visitor", answers: { 200: HTML } },
  {
    id: "exportData",
    method: "POST",
    path: "/my-data/export",
    access: "visitor",
    answers: { 200: [json(z.looseObject({}))] },
  },
  {
    id: "deleteData",
    method: "POST",
    path: "/my-data/delete",
    access: "visitor",
    request: form(z.object({ confirm: z.literal("yes") })),
    answers: { 303: NO_BODY },
  },
  { id: "devicePage", method: "GET", path: "/device", access: "visitor", answers: { 200: HTML } },
  {
    id: "deviceForm",
    method: "POST",
    path: "/device",
    access: "visitor",
    request: form(z.object({
      action: z.enum(["offer", "confirm", "end", "leave"]),
      device: z.string().optional(),
    })),
    answers: { 200: HTML, 303: NO_BODY },
  },
  {
    id: "redeemPage",
    method: "GET",
    path: "/device/redeem",
    access: "anybody",
    parameters: [{ name: "code", in: "query", schema: z.string() }],
    answers: { 200: HTML },
  },
  {
    id: "redeemForm",
    method: "POST",
    path: "/device/redeem",
    access: "anybody",
    request: form(z.object({ code: z.string() })),
    answers: { 200: HTML, 303: NO_BODY },
  },
];
