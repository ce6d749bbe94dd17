// What the page is made of.
import { Problem } from "./api";

export const $ = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

export function element(name: string, attributes: Record<string, string>, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Replaces what an element holds. Text stays text. */
export const draw = (selector: string, ...children: (Node | string)[]): void =>
  document.querySelector(selector)?.replaceChildren(...children);

/** Says something to everybody, also to those who do not see it. */
export const say = (text: string): void => draw("#status", text);

export const credits = (count: number): string => `${count} ${count === 1 ? "credit" : "credits"}`;

export function reveal(id: string): void {
  $(id).hidden = false;
  $(id).scrollIntoView({ block: "nearest" });
}

/** Moves the focus to what came of an action, so that the keyboard goes on there. */
export function focus(id: string): void {
  $(id).tabIndex = -1;
  $(id).focus();
}

let refused = async (): Promise<void> => {};
/** What to do when credits are missing. */
export const onRefusal = (handler: () => Promise<void>): void => void (refused = handler);

/** Handles a form, which is a section's or has the id itself. `action` is the value of the button. */
export function form(id: string, submit: (data: FormData, action: string) => Promise<void>): void {
  const at = $(id);
  const found = at instanceof HTMLFormElement ? at : at.querySelector("form");
  found?.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter as HTMLButtonElement | null;
    void attempt(found, () => submit(new FormData(found), button?.value ?? ""));
  });
}

/** Does something once at a time, and says beside it what went wrong. Buttons stay enabled, because a disabled one loses the focus. */
export async function attempt(form: HTMLFormElement | null, work: () => Promise<void>): Promise<void> {
  if (!form || form.ariaBusy === "true") return;
  const problem = form.querySelector(".problem");
  problem?.replaceChildren();
  form.ariaBusy = "true";
  try {
    await work();
  } catch (error) {
    say("");
    problem?.replaceChildren(error instanceof Error ? error.message : String(error));
    if (error instanceof Problem && error.body.status === 402) await refused();
  } finally {
    form.ariaBusy = "false";
  }
}
