// The client of docs/clients.md for functions at their own address; prints which addresses it called.
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import ws from "ws";

const [SUPABASE_URL, FUNCTIONS_URL, key] = process.argv.slice(2);
const called = [];
const network = globalThis.fetch;
globalThis.fetch = (input, init) => {
  called.push(new URL(input.url ?? input).origin);
  return network(input, init);
};

// docs/clients.md
const place = `${SUPABASE_URL}/functions/v1/`;
const client = createClient(SUPABASE_URL, key, {
  global: {
    fetch: (input, init) => {
      const address = String(input?.url ?? input);
      return fetch(address.startsWith(place) ? FUNCTIONS_URL + address.slice(SUPABASE_URL.length) : input, init);
    },
  },
  realtime: { transport: ws },
});

const { error } = await client.auth.signUp({ email: `${randomUUID()}@example.com`, password: "a long enough password" });
if (error) throw error;
const rows = await client.from("profiles").select("plan");
const balance = await client.functions.invoke("billing/balance", { method: "GET" });
console.log(JSON.stringify({ rows: rows.data.length, balance: balance.data?.balance, called }));
