import PostalMime from "postal-mime";
import type { Pipeline } from "../harness/pipeline.ts";

/** What one person was written over the year, as a text that reads like their post; by address. */
export async function lettersOf({ db }: Pipeline): Promise<Map<string, string>> {
  const mails = await db
    .selectFrom("mail")
    .select(["recipient", "subject", "raw", "sent_at"])
    .where("status", "=", "sent")
    .orderBy("recipient")
    .orderBy("sent_at")
    .orderBy("kind")
    .orderBy("subject")
    .execute();
  const names = await namesOfCases(db);
  const letters = await Promise.all(
    mails.map(async ({ recipient, subject, raw, sent_at }) => {
      const { text = "" } = await PostalMime.parse(raw ?? "");
      const when = sent_at?.toZonedDateTimeISO("Europe/London");
      const day = when?.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ") ?? "";
      return { recipient, letter: `=== ${day}  ${subject}\n${withoutNumbers(bodyOf(text), names)}` };
    }),
  );
  const byPerson = Map.groupBy(letters, ({ recipient }) => recipient);
  return new Map([...byPerson].map(([person, all]) => [person, `${all.map(({ letter }) => letter).join("\n")}\n`]));
}

/**
 * The body without its footer, which is the same in every mail, and without its chart's words: a mail that may leave just
 * when charts are being drawn leaves without one, and that is a matter of which worker came first.
 */
function bodyOf(text: string): string {
  const body = (text.replaceAll("\r\n", "\n").split("\n-- \n")[0] ?? "").trim();
  return body.replaceAll(/^ {2}(?:In short|Chart): .*\n/gm, "");
}

/** Numbers depend on which worker came first: a case is named by what it is about, a link by what it opens. */
function withoutNumbers(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replaceAll(/https?:\/\/[^\s/]+/g, "")
    .replaceAll(/\/escalations\/(\d+)/g, (_, id: string) => `/escalations/<${names.get(id) ?? "?"}>`)
    .replaceAll(/\/answer\/\S+/g, "/answer/<token>")
    .replaceAll(/\/(submissions|action-plans|actions|meetings)\/\d+/g, "/$1/<id>");
}

async function namesOfCases(db: Pipeline["db"]): Promise<Map<string, string>> {
  const cases = await db.selectFrom("escalation").select(["id", "concern", "metric", "area", "organisation"]).execute();
  return new Map(
    cases.map(({ id, concern, metric, area, organisation }) => [
      String(id),
      `${metric ?? [concern, area].filter(Boolean).join(" ")} ${organisation}`,
    ]),
  );
}
