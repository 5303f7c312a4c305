import { LLMock } from "@copilotkit/aimock";
import { fallbackChain } from "@/lib/llm/fallback_chain.ts";
import { type Part, type Provider, ProviderError } from "@/lib/llm/provider.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { attributesOf, OtlpReceiver } from "@/tests/simulators/otlp_receiver.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";
import { Visitor } from "@/tests/support/visitor.ts";
import { openWorld } from "@/tests/support/world.ts";

Deno.test("A turn is sent as spans of the request, the model's call and its cost, by OTLP and without texts", async () => {
  await using receiver = new OtlpReceiver();
  const openai = new LLMock({ port: 0 });
  openai.onMessage("Where is Zanzibar?", { content: "An island of Tanzania." });
  await openai.start();
  await using server = await startServer({
    env: {
      LLM_PROVIDER: "openai",
      LLM_DEFAULT_MODEL: "gpt-6-luna",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: `${openai.url}/v1`,
      OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of-the-test, x-tenant=a",
      OTEL_SERVICE_NAME: "helper-of-the-test",
    },
  });
  const visitor = new Visitor(server.url);
  await visitor.ask("Where is Zanzibar?");
  const search = await visitor.fetch("/history?q=Zanzibar");
  await search.body?.cancel();
  const reply = await until("the reply's span", () => receiver.named("obt.reply")[0]);
  await until("the search's span", () => receiver.named("GET /history")[0]);
  assertEquals(receiver.faults, []);
  const request = receiver.named("POST /api/chat")[0];
  const call = receiver.named("chat gpt-6-luna")[0];
  assertEquals([request?.kind, request?.parentSpanId], [2, undefined]);
  assertEquals(attributesOf(request)["http.response.status_code"], 200);
  assertEquals(attributesOf(request)["http.route"], "/api/chat");
  for (const part of [call, reply]) {
    assertEquals([part?.traceId, part?.parentSpanId], [request?.traceId, request?.spanId]);
  }
  const called = attributesOf(call);
  assertEquals(call?.kind, 3);
  assertEquals(called["gen_ai.operation.name"], "chat");
  assertEquals(called["gen_ai.provider.name"], "openai");
  assertEquals(called["gen_ai.request.model"], "gpt-6-luna");
  assertEquals(called["gen_ai.request.stream"], true);
  assertEquals(called["gen_ai.response.finish_reasons"], ["stop"]);
  for (
    const name of [
      "gen_ai.request.max_tokens",
      "gen_ai.response.time_to_first_chunk",
      "gen_ai.usage.input_tokens",
      "gen_ai.usage.output_tokens",
    ]
  ) assert.ok(Number(called[name]) > 0, name);
  const settled = attributesOf(reply);
  assertEquals([settled["obt.tool"], settled["obt.outcome"]], ["general-assistant", "answered"]);
  assert.ok(Number(settled["obt.cost.usd"]) > 0);
  const all = receiver.bodies.join("\n");
  assert.match(all, /"service\.name","value":\{"stringValue":"helper-of-the-test"\}/);
  assert.doesNotMatch(all, /zanzibar|tanzania|sk-of-the-test|You are/i);
  const { cookie } = visitor;
  assert.ok(!all.includes(cookie.split("=")[1] ?? cookie));
  assertEquals(receiver.headers[0]?.get("authorization"), "Bearer of-the-test");
  assertEquals(receiver.headers[0]?.get("x-tenant"), "a");
  await openai.stop();
});

Deno.test("traceparent: a proxy's trace goes on in the request's span; an invalid one begins a new trace, an unsampled one is not sent", async () => {
  await using receiver = new OtlpReceiver();
  await using server = await startServer({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, MOCK_PACE_MS: "1" },
  });
  const trace = "0af7651916cd43dd8448eb211c80319c", span = "b7ad6b7169203331";
  const ask = async (traceparent: string) => {
    const visitor = new Visitor(server.url, { traceparent });
    await visitor.ask("What is two and two?");
  };
  await ask(`00-${"2".repeat(32)}-${span}-00`);
  await ask(`00-${trace}-${span}-01`);
  await until("the reply's span", () => receiver.named("obt.reply")[0]);
  const request = receiver.named("POST /api/chat")[0];
  assertEquals([request?.traceId, request?.parentSpanId], [trace, span]);
  for (const name of ["chat gpt-6-luna", "obt.reply"]) {
    const part = receiver.named(name)[0];
    assertEquals([name, part?.traceId, part?.parentSpanId], [name, trace, request?.spanId]);
  }
  await ask(`00-${trace}-${"0".repeat(16)}-01`);
  const second = await until("another reply's span", () => receiver.named("obt.reply")[1]);
  assert.notEqual(second.traceId, trace);
  assertEquals(receiver.named("POST /api/chat")[1]?.parentSpanId, undefined);
  assert.ok(receiver.spans.every(({ traceId }) => traceId !== "2".repeat(32)), "unsampled");
  assertEquals(receiver.faults, []);
});

Deno.test("The figures of calls of models are sent by OTLP when the program ends, by OpenTelemetry's names", async () => {
  await using receiver = new OtlpReceiver();
  await using server = await startServer({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, MOCK_PACE_MS: "1" },
  });
  const visitor = new Visitor(server.url);
  await visitor.ask("What is two and two?");
  await visitor.ask("And three? [[mock:tokens=20]]");
  server.kill("SIGTERM");
  await server.exited;
  assertEquals(receiver.faults, []);
  const told = Object.fromEntries(
    [...receiver.metrics].map(([name, { unit, histogram: { dataPoints } }]) => [name, {
      unit,
      points: dataPoints.map((point) => ({ ...attributesOf(point), count: point.count })),
    }]),
  );
  const asked = {
    "gen_ai.operation.name": "chat",
    "gen_ai.provider.name": "mock",
    "gen_ai.request.model": "gpt-6-luna",
  };
  assertEquals(told["gen_ai.client.operation.duration"], {
    unit: "s",
    points: [{ ...asked, count: "2" }],
  });
  assertEquals(told["gen_ai.client.operation.time_to_first_chunk"]?.points, [
    { ...asked, count: "2" },
  ]);
  const [chunks] = told["gen_ai.client.operation.time_per_output_chunk"]?.points ?? [];
  assert.ok(Number(chunks?.count) >= 19, chunks?.count);
  assertEquals(told["gen_ai.client.token.usage"], {
    unit: "{token}",
    points: ["input", "output"].map((type) => ({
      ...asked,
      "gen_ai.token.type": type,
      count: "2",
    })),
  });
});

Deno.test("A receiver that takes no metrics is asked once and still gets traces", async () => {
  await using receiver = new OtlpReceiver();
  receiver.tracesOnly = true;
  await using world = await openWorld({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } });
  for (let i = 0; i < 3; i++) {
    await ask(world, "Hello?");
    await world.services.tracer?.close();
  }
  assertEquals(receiver.asked["/v1/metrics"], 1);
  assertEquals(receiver.named("obt.reply").length, 3);
  const lines = world.logged.filter(({ message }) => message.includes("took no metrics"));
  assertEquals(lines.map(({ details }) => details?.why), ["status 404"]);
});

function member(name: string, parts: () => Generator<Part>): Provider {
  return {
    name,
    simulated: false,
    async *stream() {
      yield* parts();
    },
  };
}

Deno.test("TracedProvider makes a span of each attempt, with the fault of those that failed", async () => {
  await using receiver = new OtlpReceiver();
  const members = [
    // deno-lint-ignore require-yield
    member("mock", function* () {
      throw new ProviderError("busy", "mock has no room");
    }),
    member("backup", function* () {
      yield { type: "text", text: "Four." };
      yield { type: "end", reason: "stop" };
    }),
  ];
  const priceOf = () => ({ input: 1n, cachedInput: 1n, output: 1n });
  await using world = await openWorld({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    provider: (breakers) => fallbackChain(members, { priceOf, breakers }),
    priceOf,
  });
  await ask(world, "What is two and two?");
  await world.services.tracer?.close();
  const calls = receiver.spans.filter(({ name }) => name.startsWith("chat "));
  const told = calls.map((each) => [
    attributesOf(each)["gen_ai.provider.name"],
    attributesOf(each)["error.type"],
    each.status.code,
  ]);
  assertEquals(told, [["mock", "busy", 2], ["backup", undefined, undefined]]);
  const [reply] = receiver.named("obt.reply");
  assertEquals(attributesOf(reply)["obt.attempts"], 2);
  const durations = receiver.metrics.get("gen_ai.client.operation.duration")?.histogram.dataPoints;
  assertEquals(
    durations?.map((each) => [
      attributesOf(each)["gen_ai.provider.name"],
      attributesOf(each)["error.type"],
    ]),
    [["mock", "busy"], ["backup", undefined]],
  );
});

Deno.test("A receiver of traces that fails delays no reply, and is logged once a minute", async () => {
  await using receiver = new OtlpReceiver();
  receiver.status = 503;
  await using world = await openWorld({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url } });
  for (let i = 0; i < 3; i++) {
    await ask(world, "Hello?");
    await world.services.tracer?.close();
  }
  const told = world.logged.filter(({ message }) => message.includes("traces"));
  assertEquals(told.map(({ level, details }) => [level, details?.why]), [["warn", "status 503"]]);
});

Deno.test("A receiver whose answers never end has one connection at a time, and is given up when the program ends", async () => {
  let open = 0, most = 0, asked = 0;
  await using receiver = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, () => {
    asked++;
    most = Math.max(most, ++open);
    const ended = Promise.withResolvers<void>();
    void ended.promise.then(() => open--);
    const encoder = new TextEncoder();
    return new Response(
      new ReadableStream({
        start: (answer) => answer.enqueue(encoder.encode("{")),
        cancel: () => ended.resolve(),
      }),
    );
  });
  const endpoint = `http://127.0.0.1:${receiver.addr.port}`;
  await using world = await openWorld({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } });
  const { tracer } = world.services;
  assert.ok(tracer);
  // Three requests' worth.
  for (let i = 0; i < 1_500; i++) tracer.start("GET").end();
  await until("the first request", () => asked > 0);
  await tracer.close();
  assert.ok(asked < 3, `${asked} requests, each of which waits for its answer`);
  assertEquals(most, 1);
});

Deno.test("A request's method is named in its span only if it is a known one", async () => {
  await using receiver = new OtlpReceiver();
  await using server = await startServer({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  });
  const answer = await fetch(`${server.url}/`, { method: "ZANZIBAR" });
  await answer.body?.cancel();
  const span = await until("the span", () => receiver.spans[0]);
  assertEquals(attributesOf(span)["http.request.method"], "_OTHER");
  assert.match(span.name, /^HTTP( |$)/);
  assert.doesNotMatch(receiver.bodies.join(), /zanzibar/i);
});

Deno.test("Without OTEL_EXPORTER_OTLP_ENDPOINT there is no tracer", async () => {
  await using world = await openWorld();
  assertEquals(world.services.tracer, null);
});
