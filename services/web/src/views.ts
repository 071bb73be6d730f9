import { dayOf, nameOfPeriod, periodOf } from "@signalbox/domain";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import nunjucks from "nunjucks";

/** The folder of NHS.UK frontend's templates, styles and scripts. */
export const nhsukFolder = join(dirname(createRequire(import.meta.url).resolve("nhsuk-frontend/package.json")), "dist");

export type Render = (template: string, context: object) => string;

/** The templates of `views/` over those of NHS.UK frontend. What is written into a page is escaped. */
export function openViews(): Render {
  const folders = [join(import.meta.dirname, "views"), nhsukFolder, join(nhsukFolder, "nhsuk")];
  const views = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), {
    autoescape: true,
    throwOnUndefined: false,
  });
  // nunjucks' own trim takes time by the square of the text and was most of the time a page took.
  const { copySafeness } = nunjucks.runtime as unknown as { copySafeness(from: unknown, to: string): unknown };
  views.addFilter("trim", (text: unknown) => copySafeness(text, `${text as string | undefined}`.trim()));
  views.addFilter("moment", moment);
  views.addFilter("day", (date: string) => plainDay(Temporal.PlainDate.from(date)));
  views.addFilter("capitaliseFirst", (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1));
  views.addFilter("count", (count: number) => count.toLocaleString("en-GB"));
  return (template, context) => views.render(template, context);
}

/** "20 April 2024 at 10:00", London time. */
export function moment(instant: Temporal.Instant | null): string {
  if (instant === null) return "";
  const { hour, minute } = instant.toZonedDateTimeISO("Europe/London");
  return `${plainDay(dayOf(instant))} at ${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

function plainDay(date: Temporal.PlainDate): string {
  // toLocaleString makes a formatter each time, which took longer than a table of values.
  return `${date.day} ${nameOfPeriod(periodOf(date.year, date.month), "monthly")}`;
}
