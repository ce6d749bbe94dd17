// Follows a text with supabase-js while it is written; prints each event with the time of its arrival.
//
//   node stream.mjs <Supabase> <functions> <key> <token> <résumé> <idempotency key>
import { createClient } from "@supabase/supabase-js";
import ws from "ws";

const [SUPABASE_URL, FUNCTIONS_URL, key, token, resume, idempotencyKey] = process.argv.slice(2);
const place = `${SUPABASE_URL}/functions/v1/`;
const client = createClient(SUPABASE_URL, key, {
  global: {
    headers: { Authorization: `Bearer ${token}` },
    fetch: (input, init) => {
      const address = String(input?.url ?? input);
      return fetch(address.startsWith(place) ? FUNCTIONS_URL + address.slice(SUPABASE_URL.length) : input, init);
    },
  },
  realtime: { transport: ws },
});

const { data, error } = await client.functions.invoke("generate", {
  headers: { Accept: "text/event-stream", "Idempotency-Key": idempotencyKey },
  body: { operation: "summary", resume_id: resume },
});
if (error) throw error;
const seen = [];
let rest = "";
for await (const text of data.body.pipeThrough(new TextDecoderStream())) {
  const events = (rest + text).split("\n\n");
  rest = events.pop();
  for (const event of events) {
    const name = event.match(/^event: (.*)$/m)?.[1];
    if (name) seen.push({ name, data: event.match(/^data: (.*)$/m)[1], at: performance.now() });
  }
}
console.log(JSON.stringify({ isResponse: data instanceof Response, seen }));
