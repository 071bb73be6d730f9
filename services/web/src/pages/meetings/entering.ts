import multipart from "@fastify/multipart";
import type { CurrentCatalogue } from "@signalbox/db";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type MeetingProblem, type MeetingsTaken, meetingCsv, takeMeetings } from "../../meetings/take-meetings.ts";
import { forumsKept } from "../../meetings/who-may.ts";
import { Problem } from "../../problem.ts";
import { readSentSet, type SentSet } from "../thresholds/sent-set.ts";
import { fieldIn, type MeetingPages } from "./meetings.ts";

const LARGEST_FILE = 1024 * 1024;
const PROBLEMS_SHOWN = 50;
const FIELDS = ["forum", "date", "time", "papers_due", "place"] as const;
const LABELS: Readonly<Record<string, string>> = {
  forum: "Forum",
  date: "Day",
  time: "Time",
  papers_due: "Papers due",
  place: "Place",
};

interface Form {
  readonly typed: Readonly<Record<string, string>>;
  readonly csv: string;
  readonly problems: readonly MeetingProblem[];
  readonly isFile: boolean;
}

const EMPTY: Form = { typed: {}, csv: "", problems: [], isFile: false };

/** /meetings/add: one meeting by form, or many as a file. */
export async function enteringPages(app: FastifyInstance, of: MeetingPages): Promise<void> {
  const { pages, catalogueInForce } = of;

  app.get("/meetings/add", async (request, reply) => show(request, reply, EMPTY, await keeping(request)));

  app.post<{ Body: unknown }>("/meetings/add", async (request, reply) => {
    const catalogue = await keeping(request);
    const typed = Object.fromEntries(FIELDS.map((name) => [name, fieldIn(request.body, name)]));
    const csv = Buffer.from(meetingCsv([typed]));
    const taken = await takeMeetings(of, { caller: request.caller, catalogue, csv, again: true });
    return answer(request, reply, { taken, form: { ...EMPTY, typed }, catalogue });
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
    scope.post("/meetings/add/file", { config: { ownToken: true } }, async (request, reply) => {
      const catalogue = await keeping(request);
      const { text, isTooLarge } = sent.get(request) ?? { text: "", isTooLarge: false };
      const form: Form = { ...EMPTY, csv: text, isFile: true };
      if (isTooLarge) {
        const problems = [{ line: 0, column: "file", message: "the file is larger than 1 MB; send it in parts" }];
        return answer(request, reply, { taken: { problems, entered: null }, form, catalogue });
      }
      const taken = await takeMeetings(of, { caller: request.caller, catalogue, csv: Buffer.from(text) });
      return answer(request, reply, { taken, form, catalogue });
    });
  });

  async function keeping({ caller }: FastifyRequest): Promise<CurrentCatalogue> {
    const catalogue = await catalogueInForce();
    if (forumsKept(caller, catalogue).length > 0) return catalogue;
    throw new Problem(403, "Meetings are entered by a forum's chair or secretary, or an operator.");
  }

  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    { taken, form, catalogue }: { taken: MeetingsTaken; form: Form; catalogue: CurrentCatalogue },
  ): Promise<FastifyReply> {
    if (taken.entered === null) return show(request, reply, { ...form, problems: taken.problems }, catalogue);
    const { added, changed, unchanged, leftCancelled } = taken.entered;
    const counts = new URLSearchParams(
      Object.entries({ added, changed, unchanged, left: leftCancelled }).map(([name, count]) => [name, String(count)]),
    );
    return reply.redirect(`/meetings?${counts.toString()}`, 303);
  }

  function show(request: FastifyRequest, reply: FastifyReply, form: Form, catalogue: CurrentCatalogue): FastifyReply {
    const { problems, isFile } = form;
    const errors = problems.slice(0, PROBLEMS_SHOWN).map(({ line, column, message }) => {
      const where = isFile ? (line > 0 ? `Line ${line}, ${column}: ` : "") : `${LABELS[column] ?? column}: `;
      const isField = !isFile && FIELDS.some((name) => name === column);
      return { text: `${where}${message}`, href: isFile ? "#csv" : `#${isField ? column : "date"}` };
    });
    const context = {
      typed: form.typed,
      csv: form.csv,
      errors,
      more: problems.length - errors.length,
      wrong: isFile ? {} : Object.fromEntries(problems.map(({ column, message }) => [column, message])),
      wrongFile: isFile ? problems[0] : undefined,
      forums: forumsKept(request.caller, catalogue),
    };
    const status = problems.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "meetings-add", status, form: true, context });
  }
}
