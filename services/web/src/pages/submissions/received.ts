import { catalogueNames, receivedSubmissions, sees, type SubmissionReport } from "@signalbox/db";
import { monthsOf } from "../../api/query.ts";
import { organisationsSeen } from "../../callers.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { layoutFound } from "./submission-words.ts";

const SUBMISSIONS_A_PAGE = 50;
const STATUSES = {
  received: "Received",
  reading: "Being read",
  accepted: "Accepted",
  "partly-accepted": "Partly accepted",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
} as const;
type Status = keyof typeof STATUSES;

const COLUMNS = [
  ["id", "Submission"],
  ["file", "File"],
  ["organisation", "Organisation"],
  ["receivedAt", "Received"],
  ["submittedBy", "From"],
  ["status", "Status"],
  ["layout", "Layout"],
  ["read", "Rows read"],
  ["accepted", "Rows accepted"],
  ["unchanged", "Rows unchanged"],
  ["refused", "Rows refused"],
] as const;

type Asked = Partial<Record<"organisation" | "status" | "template" | "period" | "page" | "as", unknown>>;

/** /submissions/received: the files that came, latest first, by organisation, status, layout and period. */
export const receivedPages: PagesOf = (app, { db, previews }, pages) => {
  app.get<{ Querystring: Asked }>("/submissions/received", async (request, reply) => {
    const as = formatAsked(request.query.as);
    const visible = organisationsSeen(request);
    const { chosen, months, error } = chosenOf(request.query);
    const filter = {
      visible,
      organisation: chosen.organisation || undefined,
      status: isStatus(chosen.status) ? chosen.status : undefined,
      template: chosen.template || undefined,
      months,
    };
    const page = pageAsked(request.query.page);
    const places =
      as === null ? { offset: (page - 1) * SUBMISSIONS_A_PAGE, limit: SUBMISSIONS_A_PAGE } : { offset: 0, limit: null };
    const [found, names] = await Promise.all([receivedSubmissions(db, filter, places), catalogueNames(db)]);
    const shown = found.submissions.map((one) => ({
      ...one,
      organisation: names.organisations.get(one.organisation) ?? one.organisation,
      layout: layoutFound(one, previews.templates) ?? "–",
    }));
    if (as !== null) {
      const columns = COLUMNS.map(([key, title]) => ({ key, title }));
      return sendTable(reply, { name: "submissions", columns, rows: shown.map(rowOut) }, as);
    }
    const address = addressWith("/submissions/received", chosen);
    const context = {
      submissions: shown,
      chosen,
      error: error && { text: error, href: "#period" },
      address,
      paged: pageOf(found.total, { page, size: SUBMISSIONS_A_PAGE, address }),
      organisations: [...names.organisations]
        .filter(([code]) => sees(visible, code))
        .toSorted(([, one], [, other]) => one.localeCompare(other, "en-GB")),
      statuses: Object.entries(STATUSES),
      templates: [
        ["canonical", "Signalbox's own columns"],
        ...[...previews.templates.values()].map(({ name, title }) => [name, title]),
      ],
    };
    return pages.show(request, reply, { template: "received", status: error === null ? 200 : 400, context });
  });
};

/** What a request asks for, as the form shows it again; a period that is none finds nothing and is said. */
function chosenOf(query: Asked) {
  const text = (given: unknown) =>
    typeof given === "string"
      ? given
          .replace(/\p{Cc}+/gu, " ")
          .trim()
          .slice(0, 100)
      : "";
  const chosen = {
    organisation: text(query.organisation),
    status: text(query.status),
    template: text(query.template),
    period: text(query.period),
  };
  try {
    return { chosen, months: monthsOf(chosen.period || undefined), error: null };
  } catch {
    const error = `“${chosen.period}” is no period. Write a month such as 2024-03, or a quarter such as 2023/24 Q4`;
    return { chosen, months: undefined, error };
  }
}

function isStatus(text: string): text is Status {
  return Object.hasOwn(STATUSES, text);
}

function rowOut(one: SubmissionReport & { readonly layout: string }) {
  const status = one.withdrawn === null ? one.status : "withdrawn";
  return {
    id: one.id,
    file: one.filename,
    organisation: one.organisation,
    receivedAt: one.receivedAt.toString(),
    submittedBy: one.submittedBy,
    status,
    layout: one.layout,
    ...one.rows,
  };
}
