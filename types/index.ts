// The types of a client: createClient<Database>(url, key). The content of résumés is typed by the résumé model.
import type { Database as Generated, Json } from "./database.js";
import type { components } from "./resume.js";

export type { Json };
export type ResumeContent = components["schemas"]["ResumeContent"];

type Replace<Whole, Part> = Omit<Whole, keyof Part> & Part;
type WithContent<Table extends { Row: object; Insert: object; Update: object }> = Replace<
  Table,
  {
    Row: Replace<Table["Row"], { content: ResumeContent }>;
    Insert: Replace<Table["Insert"], { content?: ResumeContent }>;
    Update: Replace<Table["Update"], { content?: ResumeContent }>;
  }
>;
type Tables = Generated["public"]["Tables"];
type Functions = Generated["public"]["Functions"];
type Resume = { Returns: WithContent<Tables["resumes"]>["Row"] };

export type Database = Replace<
  Generated,
  {
    public: Replace<
      Generated["public"],
      {
        Tables: Replace<
          Tables,
          {
            resumes: WithContent<Tables["resumes"]>;
            resume_versions: WithContent<Tables["resume_versions"]>;
            resume_drafts: WithContent<Tables["resume_drafts"]>;
          }
        >;
        Functions: Replace<
          Functions,
          {
            resume_add_experiences: Replace<Functions["resume_add_experiences"], Resume>;
            resume_restore: Replace<Functions["resume_restore"], Resume>;
            resume_save: { Args: Replace<Functions["resume_save"]["Args"], { content: ResumeContent }> } & Resume;
            resume_undelete: Replace<Functions["resume_undelete"], Resume>;
          }
        >;
      }
    >;
  }
>;
