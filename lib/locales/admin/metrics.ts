/** What each metric of /metrics means. */
export const METRIC_HELP = {
  obt_build_info: "The program's version; always 1.",
  obt_turns_total: "Replies that ended, to people and to programs, by outcome.",
  obt_replies_running: "Replies that this process writes.",
  obt_first_text_seconds: "Time from a question to the first word of its reply.",
  obt_stream_seconds: "Time from a question to the end of its reply.",
  obt_tokens_total: "Tokens of all paid calls; cached is part of input, reasoning of output.",
  obt_cost_usd_total: "Cost of calls of models in dollars, without WhatsApp's messages.",
  obt_spent_today_usd: "All that was spent today in dollars, by tool; of the whole store.",
  obt_held_usd: "The most that calls under way can cost, in dollars; of the whole store.",
  obt_held_oldest_seconds: "Age of the oldest call under way; of the whole store.",
  obt_ceiling_ratio: "Part of today's ceiling of a tool that is used, holds included.",
  obt_organisation_ceiling_ratio:
    "Part of today's ceiling of the organisation that is used, holds included.",
  obt_provider_errors_total: "Failed calls of models, by provider and kind.",
  obt_breaker_state: "Whether a model is asked: 0 yes, 1 for a trial, 2 no.",
  obt_model_ends_timestamp_seconds: "When the provider shuts down a model in use.",
  obt_inbox_depth: "Unanswered messages from phones, at most 1000; of the whole store.",
  obt_inbox_oldest_seconds: "Age of the oldest unanswered message from a phone.",
  obt_whatsapp_messages_total: "Messages taken from phones, and states of those sent to phones.",
  obt_refusals_total: "Requests refused by a limit, by limit.",
  obt_http_requests_total: "Answered requests, by class of status.",
  obt_kv_seconds: "Time of the store's answers, by operation.",
  obt_backup_age_seconds: "Age of the newest backup.",
  obt_backup_proven_age_seconds: "Time since a backup was last restored for a trial.",
  obt_backup_failed: "Whether the last backup or trial failed.",
  process_cpu_seconds_total: "Processor time of this process.",
  process_resident_memory_bytes: "Memory of this process.",
  process_start_time_seconds: "When this process started, since 1970.",
} as const;

export type MetricName = keyof typeof METRIC_HELP;

/** What the figures of calls of models mean, by their names after `gen_ai.client.`. */
export const MODEL_CALL_HELP = {
  "operation.duration": "Duration of a call of a model.",
  "operation.time_to_first_chunk": "Time from a call to its first text or thinking.",
  "operation.time_per_output_chunk": "Time from one piece of a reply to the next.",
  "token.usage": "Tokens of a call, by type; cached ones are part of the input.",
} as const;
