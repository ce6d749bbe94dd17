// Does with supabase-js what test_clients.py does with supabase-py; prints the results as JSON.
import { randomUUID } from "node:crypto";
import { createClient } from "@supabase/supabase-js";
import ws from "ws";

const [url, key, bucket] = process.argv.slice(2);
const client = createClient(url, key, { realtime: { transport: ws } }); // Node 20 has no WebSocket of its own
const must = ({ data, error }) => {
  if (error) throw error;
  return data;
};

const { user } = must(
  await client.auth.signUp({
    email: `${randomUUID()}@example.com`,
    password: "a long enough password",
    options: { data: { full_name: "Ada Lovelace" } },
  }),
);
const profile = must(await client.from("profiles").select("full_name").single());
const changed = must(
  await client.from("profiles").update({ bio: "Wrote the first program." }).eq("id", user.id).select("bio").single(),
);
const upgrade = await client.from("profiles").update({ plan: "career" }).eq("id", user.id);
const files = client.storage.from(bucket);
const path = `${user.id}/hello.txt`;
must(await files.upload(path, new Blob(["hello"], { type: "text/plain" })));
const stored = await must(await files.download(path)).text();
const { signedUrl } = must(await files.createSignedUrl(path, 60));
const signed = await (await fetch(signedUrl)).text();
await client.auth.signOut();
const session = must(await client.auth.getSession());
console.log(
  JSON.stringify({
    full_name: profile.full_name,
    bio: changed.bio,
    plan_refused: upgrade.error?.code,
    stored,
    signed,
    signed_out: session.session === null,
  }),
);
