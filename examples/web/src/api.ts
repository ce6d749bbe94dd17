// The client: stock supabase-js, typed by ../../../types.
import { createClient, FunctionsHttpError } from "@supabase/supabase-js";
import type { Database } from "../../../types";
import type { paths as Scan } from "../../../types/functions/ats-scan";
import type { components as BillingParts, paths as Billing } from "../../../types/functions/billing";
import type { components, paths as Generate } from "../../../types/functions/generate";
import type { paths as Export } from "../../../types/functions/resume-export";
import type { paths as Import } from "../../../types/functions/resume-import";

type Paths = Scan & Billing & Generate & Export & Import;
type Post<P> = P extends keyof Paths ? (Paths[P] extends { post: infer Operation } ? Operation : never) : never;
type Body<P> = Post<P> extends { requestBody: { content: { "application/json": infer Content } } } ? Content : never;
type Content<Answer> = Answer extends { content: { "application/json": infer Json } } ? Json : never;
type Answer<P> = Post<P> extends { responses: infer All } ? Content<All[keyof All & (200 | 201)]> : never;
type Full<P extends string> = `/functions/v1/${P}`;

export type Request = components["schemas"]["SummaryRequest"];
export type Catalogue = BillingParts["schemas"]["Catalogue"];
export type Receipt = components["schemas"]["Receipt"];
export type Written = { result: components["schemas"]["TextResult"]; receipt: Receipt };
type Events = { status: { state: string }; delta: { item: number; text: string }; result: Written; error: Problem["body"] };

/** Why a function refuses: problem details. Branch on `body.code`, never on the text. */
export class Problem extends Error {
  constructor(readonly body: { status: number; code: string; title: string; detail?: string }) {
    super(body.detail || body.title);
  }
}

// A deployed project has an address for tables, one for functions and one for streams; the local stack has one for all.
const { VITE_SUPABASE_URL: url, VITE_SUPABASE_PUBLISHABLE_KEY: key, VITE_FUNCTIONS_URL, VITE_STREAM_URL } = import.meta.env;
export const functionsUrl: string = VITE_FUNCTIONS_URL ?? url;
export const client = createClient<Database>(url, key, {
  global: {
    fetch: (input, init) => {
      const address = input instanceof globalThis.Request ? input.url : String(input);
      if (!address.startsWith(`${url}/functions/v1/`)) return fetch(input, init);
      const isStream = new Headers(init?.headers).get("accept") === "text/event-stream";
      return fetch(((isStream && VITE_STREAM_URL) || functionsUrl) + address.slice(url.length), init);
    },
  },
});

async function invoke(name: string, body: object, headers: Record<string, string>): Promise<{ data: any; response: Response }> {
  const { data, error, response } = await client.functions.invoke(name, { body, headers });
  if (error instanceof FunctionsHttpError) throw new Problem(await error.context.json());
  if (error) throw error;
  return { data, response: response as Response };
}

/** Calls a function. A retry with the same key is free. */
export async function call<P extends string>(path: P, body: Body<Full<P>>, key: string = crypto.randomUUID()): Promise<Answer<Full<P>>> {
  return (await invoke(path, body as object, { "Idempotency-Key": key })).data;
}

/** What a call would cost. Nothing happens. */
export async function price<P extends string>(path: P, body: Body<Full<P>>): Promise<Receipt> {
  return (await invoke(`${path}?dry_run=true`, body as object, {})).data.receipt;
}

/** Writes a text and shows each sentence as soon as it is there. Says, too, whether the answer is the stored one of an earlier call. */
export async function write(body: Request, key: string, on: (state: string, sentence: string) => void): Promise<Written & { replayed: boolean }> {
  const { data, response } = await invoke("generate", body, { "Idempotency-Key": key, Accept: "text/event-stream" });
  const replayed = response.headers.get("Idempotency-Replayed") === "true";
  const reader = (data as Response).body!.pipeThrough(new TextDecoderStream()).getReader(); // Safari cannot iterate over a stream
  let rest = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const name = block.match(/^event: (.*)$/m)?.[1] as keyof Events | undefined;
      if (!name) continue;
      const event = JSON.parse(block.match(/^data: (.*)$/m)?.[1] ?? "null");
      if (name === "status") on((event as Events["status"]).state, "");
      if (name === "delta") on("writing", (event as Events["delta"]).text);
      if (name === "result") return { ...(event as Written), replayed };
      if (name === "error") throw new Problem(event as Events["error"]);
    }
  }
  throw new Error("The connection broke. Try again: with the same key, nothing is charged twice.");
}
