import multipart from "@fastify/multipart";
import { type ProposedCells, PROPOSED_COLUMNS, proposedCells, proposedCsv } from "@signalbox/catalogue";
import { changeProposal, createProposal, findProposal, limitsOfProposal, type Proposal } from "@signalbox/db";
import { BASES, ORGANISATION_KINDS } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { readSet, type SetProblem } from "../../limits/read-set.ts";
import { isProposer, proposesAnything } from "../../limits/who-may.ts";
import { Problem } from "../../problem.ts";
import { BASIS_WORDS, isBlank, isColumn, labelOf, LABELS } from "./limit-fields.ts";
import { readSentSet, type SentSet } from "./sent-set.ts";
import type { LimitPages } from "./thresholds.ts";

const ROWS_SHOWN = 3;
const MOST_ROWS_TYPED = 60;
const LARGEST_FILE = 1024 * 1024;
const LONGEST_TITLE = 200;

type Body = Readonly<Record<string, unknown>> | null;
interface OfProposal {
  Params: { id: string };
  Body: Body;
}

/** What the form holds: typed rows, or a file's text. */
interface Form {
  readonly title: string;
  readonly rows: readonly ProposedCells[];
  readonly csv: string | null;
  readonly changing: Proposal | null;
}

const BLANK: ProposedCells = {
  metric: "",
  organisation: "",
  level: "",
  basis: "value",
  board: "",
  slt: "",
  from: "",
  to: "",
};
const blanks = (count: number) => Array.from({ length: count }, () => BLANK);

/** /thresholds/propose and …/change: a set of limits by form, or as a file's rows. */
export async function proposingPages(app: FastifyInstance, of: LimitPages): Promise<void> {
  const { db, clock, catalogueInForce } = of;

  app.get<{ Querystring: { metric?: unknown; by?: unknown } }>("/thresholds/propose", async (request, reply) => {
    mustPropose(request);
    const { metric, by } = request.query;
    const first = typeof metric === "string" ? { ...BLANK, metric: metric.slice(0, 100) } : BLANK;
    return show(request, reply, {
      title: "",
      rows: [first, ...blanks(ROWS_SHOWN - 1)],
      csv: by === "file" ? "" : null,
      changing: null,
    });
  });

  app.post<{ Body: Body }>("/thresholds/propose", async (request, reply) => {
    mustPropose(request);
    return takeForm(request, reply, formOf(request.body, null));
  });

  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: LARGEST_FILE, files: 1, fields: 6, fieldSize: LARGEST_FILE, parts: 8 },
      throwFileSizeLimit: false,
    });
    const sent = new WeakMap<FastifyRequest, SentSet>();
    scope.addHook("preValidation", async (request) => {
      const { body, set } = await readSentSet(request);
      request.body = body;
      sent.set(request, set);
    });
    scope.addHook("preValidation", scope.csrfProtection);
    scope.post("/thresholds/propose/file", { config: { ownToken: true } }, async (request, reply) => {
      mustPropose(request);
      const { title, text, isTooLarge } = sent.get(request) ?? { title: "", text: "", isTooLarge: false };
      const form: Form = { title, rows: [], csv: text, changing: null };
      if (isTooLarge)
        return show(request, reply, form, [
          { line: 0, column: "csv", message: "The file is larger than 1 MB. Propose it in parts." },
        ]);
      return take(request, reply, form, Buffer.from(text));
    });
  });

  app.get<OfProposal>("/thresholds/proposals/:id/change", async (request, reply) => {
    const proposal = await changeable(request);
    const catalogue = await catalogueInForce();
    const limits = await limitsOfProposal(db, proposal.id, proposal.revision);
    const rows = limits.map((one) =>
      proposedCells(one, catalogue.metrics.get(one.metric) ?? { unit: "rate", scale: [] }),
    );
    if (rows.length > MOST_ROWS_TYPED)
      return show(request, reply, { title: proposal.title, rows: [], csv: proposedCsv(rows), changing: proposal });
    return show(request, reply, { title: proposal.title, rows: [...rows, BLANK], csv: null, changing: proposal });
  });

  app.post<OfProposal>("/thresholds/proposals/:id/change", async (request, reply) => {
    const proposal = await changeable(request);
    const revision = Number(textIn(request.body, "revision"));
    if (revision !== proposal.revision)
      throw new Problem(409, "Somebody has changed this set meanwhile. Go back to it and look again.");
    const csv = textIn(request.body, "csv");
    if (csv !== "")
      return take(
        request,
        reply,
        { title: textIn(request.body, "title"), rows: [], csv, changing: proposal },
        Buffer.from(csv),
      );
    return takeForm(request, reply, formOf(request.body, proposal));
  });

  async function takeForm(request: FastifyRequest, reply: FastifyReply, form: Form): Promise<FastifyReply> {
    const isMore = textIn(request.body as Body, "more") !== "";
    if (isMore)
      return show(request, reply, { ...form, rows: [...form.rows, ...blanks(ROWS_SHOWN)].slice(0, MOST_ROWS_TYPED) });
    return take(
      request,
      reply,
      form,
      Buffer.from(proposedCsv(form.rows.map((row) => (isBlank(row) ? { ...row, basis: "" } : row)))),
    );
  }

  async function take(request: FastifyRequest, reply: FastifyReply, form: Form, csv: Buffer): Promise<FastifyReply> {
    const title = form.title.trim();
    const read = await readSet(request.caller, await catalogueInForce(), csv);
    const problems = [...wrongWithTitle(title), ...read.problems];
    const forum = read.forum;
    if (form.changing !== null && forum !== null && forum !== form.changing.forum) {
      problems.push({
        line: 0,
        column: "",
        message: "A set stays with its board. Withdraw this one and propose another for the other board.",
      });
    }
    if (problems.length > 0 || forum === null) return show(request, reply, form, problems);
    const acting = { actor: nameOf(request.caller), now: await clock.now() };
    if (form.changing === null) {
      const id = await createProposal(db, { forum, title, rows: read.rows }, acting);
      return reply.redirect(`/thresholds/proposals/${id}`, 303);
    }
    const { id, revision } = form.changing;
    const changed = await changeProposal(db, { id, revision, title, rows: read.rows }, acting);
    if (changed.kind !== "changed")
      throw new Problem(409, "Somebody has changed or sent this set meanwhile. Go back to it and look again.");
    return reply.redirect(`/thresholds/proposals/${id}`, 303);
  }

  async function changeable(request: FastifyRequest<OfProposal>): Promise<Proposal> {
    const id = idOf(request.params.id);
    const proposal = id === null ? null : await findProposal(db, id);
    if (proposal === null || !(isProposer(request.caller, proposal) || request.caller.kind === "operator"))
      throw new Problem(404, "There is no such set of limits that you may change.");
    if (proposal.state !== "draft" && proposal.state !== "sent-back")
      throw new Problem(
        409,
        "This set was sent or decided, and is not changed any more. Propose another, or withdraw it first.",
      );
    return proposal;
  }

  async function show(request: FastifyRequest, reply: FastifyReply, form: Form, problems: readonly SetProblem[] = []) {
    const catalogue = await catalogueInForce();
    const errors = problems.slice(0, 50).map(({ line, column, message }) => {
      const where =
        form.csv === null && line > 1
          ? `Limit ${line - 1}, ${labelOf(column)}: `
          : line > 0
            ? `Line ${line}, ${column}: `
            : "";
      return {
        text: `${where}${message}`,
        href:
          form.csv === null && line > 1 && isColumn(column)
            ? `#${column}-${line - 1}`
            : column === "title"
              ? "#title"
              : form.csv === null
                ? "#metric-1"
                : "#csv",
      };
    });
    const at = new Map(problems.map(({ line, column, message }) => [`${column}-${line - 1}`, message]));
    const context = {
      setTitle: form.title,
      changing: form.changing,
      csv: form.csv,
      errors,
      more: problems.length - errors.length,
      rows: form.rows.map((row, place) => ({
        place: place + 1,
        cells: PROPOSED_COLUMNS.map((name) => ({ name, value: row[name], error: at.get(`${name}-${place + 1}`) })),
      })),
      titleError: problems.find(({ column }) => column === "title")?.message,
      choices: { level: ["", ...ORGANISATION_KINDS], basis: [...BASES] },
      labels: LABELS,
      basisWords: BASIS_WORDS,
      lists: { metric: "metric-codes", organisation: "organisation-codes" },
      metrics: [...catalogue.metrics.values()].toSorted((a, b) => a.name.localeCompare(b.name, "en-GB")),
      organisations: [...catalogue.organisations.values()]
        .filter(({ kind }) => kind === "provider" || kind === "system")
        .slice(0, 400),
      canAdd: form.rows.length < MOST_ROWS_TYPED,
    };
    return of.pages.show(request, reply, {
      template: "thresholds-propose",
      status: problems.length > 0 ? 400 : 200,
      form: true,
      context,
    });
  }
}

function mustPropose({ caller }: FastifyRequest): void {
  if (proposesAnything(caller)) return;
  throw new Problem(
    403,
    "Limits are proposed by a board's secretary and members, and by analysts, authors and executives.",
  );
}

function wrongWithTitle(title: string): SetProblem[] {
  if (title === "")
    return [{ line: 0, column: "title", message: "Say in a few words what this set is, such as Limits for 2026/27." }];
  if (title.length > LONGEST_TITLE)
    return [{ line: 0, column: "title", message: `The title has at most ${LONGEST_TITLE} characters.` }];
  return [];
}

function formOf(body: Body, changing: Proposal | null): Form {
  const asked = Number(textIn(body, "rows"));
  const count = Number.isInteger(asked) && asked >= 1 && asked <= MOST_ROWS_TYPED ? asked : ROWS_SHOWN;
  const rows = Array.from({ length: count }, (_, place) =>
    Object.fromEntries(PROPOSED_COLUMNS.map((column) => [column, textIn(body, `${column}-${place + 1}`)])),
  ) as unknown as ProposedCells[];
  return { title: textIn(body, "title"), rows, csv: null, changing };
}

function textIn(body: Body, name: string): string {
  const value = body?.[name];
  return typeof value === "string" ? value.replaceAll("\0", "") : "";
}
