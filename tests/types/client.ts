// A client as a user writes it, compiled by `make check`. Each expected error is a mistake that the types must find.
import { createClient } from "@supabase/supabase-js";
import type { Database, ResumeContent } from "../../types";
import type { components, paths } from "../../types/functions/generate";

const client = createClient<Database>("http://127.0.0.1:54321", "key");
type Request = paths["/functions/v1/generate"]["post"]["requestBody"]["content"]["application/json"];
type Problem = components["schemas"]["Problem"];

export async function save(content: ResumeContent): Promise<string> {
  const { data, error } = await client.from("resumes").insert({ title: "Mine", content }).select("id, version, content").single();
  if (error) throw error;
  const employer: string | null | undefined = data.content.experience?.[0]?.company;
  return `${data.id} ${data.version} ${employer}`;
}

export async function balance(): Promise<number> {
  const { data } = await client.from("user_credits").select("balance").single();
  // @ts-expect-error there is no such column
  await client.from("user_credits").select("wealth").single().then(({ data: row }) => row?.wealth);
  return data?.balance ?? 0;
}

export async function summary(resume_id: string): Promise<Problem | string> {
  const body: Request = { operation: "summary", resume_id };
  const { data, error } = await client.functions.invoke("generate", { body });
  return error ? ((await error.context.json()) as Problem) : String(data.result.text);
}

// @ts-expect-error an experience is an object
export const wrong: ResumeContent = { experience: ["Acme"] };
// @ts-expect-error no such operation
export const unknown: Request = { operation: "poem", resume_id: "1" };

export async function unlock(id: string): Promise<void> {
  const { data } = await client.rpc("resume_restore", { id, version_number: 1, base_version: null });
  const name: string | null | undefined = data?.content.personalInfo?.name;
  await client.rpc("resume_share_password", { id, password: name ?? null });
  // @ts-expect-error only the server may call it
  await client.rpc("credits_grant", { p_user_id: id, p_amount: 100, p_source: "promo", p_key: "mine" });
}
