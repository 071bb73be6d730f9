import multipart from "@fastify/multipart";
import { readRisks, RISK_COLUMNS } from "@signalbox/catalogue";
import { compareRisks, dropRiskDraft, heldRisks, keepRiskDraft, putRisks, readRiskDraft } from "@signalbox/db";
import { dayOf } from "@signalbox/domain";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { idOf } from "../../api/query.ts";
import { nameOf } from "../../callers.ts";
import { Problem } from "../../problem.ts";
import { scoreShown } from "../../risks/risk-words.ts";
import { keepsRegister, registersKept } from "../../risks/who-may.ts";
import { readSentRegister, type SentRegister } from "./sent-register.ts";
import type { RiskPages } from "./risks.ts";

const LARGEST_FILE = 1024 * 1024;
const SHOWN = 40;

/** One line of what is wrong with a file. */
interface Fault {
  readonly text: string;
  readonly href: string;
}

interface OfDraft {
  Params: { id: string };
}

/** /risks/upload: a register is brought as a file, looked at, and then amends what is there: all of it or nothing. */
export async function uploadingPages(app: FastifyInstance, of: RiskPages): Promise<void> {
  const { db, clock, pages, machineNow } = of;

  app.get("/risks/upload", async (request, reply) => show(request, reply, "", []));

  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: LARGEST_FILE, files: 1, fields: 4, fieldSize: LARGEST_FILE, parts: 6 },
      throwFileSizeLimit: false,
    });
    const sent = new WeakMap<FastifyRequest, SentRegister>();
    scope.addHook("preValidation", async (request) => {
      const { body, register } = await readSentRegister(request);
      request.body = body;
      sent.set(request, register);
    });
    scope.addHook("preValidation", scope.csrfProtection);
    scope.post("/risks/upload", { config: { ownToken: true } }, async (request, reply) => {
      const { text, bytes, isTooLarge } = sent.get(request) ?? { text: "", bytes: null, isTooLarge: false };
      if (isTooLarge)
        return show(request, reply, "", [{ text: "The file is larger than 1 MB. Bring it in parts", href: "#file" }]);
      const csv = bytes ?? Buffer.from(text);
      if (csv.length === 0)
        return show(request, reply, "", [{ text: "Choose a file, or paste its rows", href: "#file" }]);
      const { risks, problems } = await read(request, csv);
      const faults = problems.map(({ line, column, message }) => ({
        text: `Line ${line}, ${column}: ${message}`,
        href: "#csv",
      }));
      if (faults.length > 0) return show(request, reply, csv.toString("utf8").replaceAll("\0", ""), faults);
      if (risks.length === 0)
        return show(request, reply, text, [{ text: "The file has no risks: give at least one row", href: "#csv" }]);
      const id = await keepRiskDraft(db, { madeBy: nameOf(request.caller), csv }, machineNow());
      return reply.redirect(`/risks/upload/${id}`, 303);
    });
  });

  app.get<OfDraft>("/risks/upload/:id", async (request, reply) => {
    const { id, risks } = await draftOf(request);
    const changes = compareRisks(risks, await heldRisks(db, risks));
    const context = {
      id,
      added: changes.added.slice(0, SHOWN).map((risk) => ({ ...risk, ...scoreShown(risk) })),
      changed: changes.changed
        .slice(0, SHOWN)
        .map(({ was, is }) => ({ ...is, ...scoreShown(is), was: scoreShown(was), differs: differences(was, is) })),
      counts: { added: changes.added.length, changed: changes.changed.length, unchanged: changes.unchanged },
      shown: SHOWN,
    };
    return pages.show(request, reply, { template: "risks-preview", form: true, context });
  });

  app.post<OfDraft>("/risks/upload/:id/confirm", async (request, reply) => {
    const { id, risks } = await draftOf(request);
    const by = nameOf(request.caller);
    const now = await clock.now();
    await db.transaction().execute(async (trx) => {
      await putRisks(trx, risks, { by, now });
      await dropRiskDraft(trx, { id, madeBy: by });
    });
    return reply.redirect("/risks", 303);
  });

  app.post<OfDraft>("/risks/upload/:id/drop", async (request, reply) => {
    const { id } = await draftOf(request);
    await dropRiskDraft(db, { id, madeBy: nameOf(request.caller) });
    return reply.redirect("/risks/upload", 303);
  });

  async function draftOf(request: FastifyRequest<OfDraft>) {
    const id = idOf(request.params.id);
    const csv = id === null ? null : await readRiskDraft(db, { id, madeBy: nameOf(request.caller) }, machineNow());
    if (id === null || csv === null)
      throw new Problem(404, "There is no such file of yours that waits. Bring it again.");
    const { risks, problems } = await read(request, csv);
    if (problems.length > 0)
      throw new Problem(409, "The catalogue has changed since the file was checked. Bring the file again.");
    return { id, risks };
  }

  async function read(request: FastifyRequest, csv: Buffer) {
    const [catalogue, now] = [await of.catalogueInForce(), await clock.now()];
    return readRisks(csv, {
      organisations: catalogue.organisations.values(),
      keeps: (organisation) => keepsRegister(request.caller, organisation),
      today: dayOf(now),
    });
  }

  async function show(request: FastifyRequest, reply: FastifyReply, csv: string, faults: readonly Fault[]) {
    const kept = registersKept(request.caller, await of.catalogueInForce());
    if (kept.length === 0)
      throw new Problem(403, "Registers are brought by the owners and executives of their organisations.");
    const context = {
      csv: csv.slice(0, 40_000),
      columns: RISK_COLUMNS.join(","),
      errors: faults.slice(0, SHOWN),
      more: Math.max(0, faults.length - SHOWN),
    };
    const status = faults.length > 0 ? 400 : 200;
    return pages.show(request, reply, { template: "risks-upload", status, form: true, context });
  }
}

const NAMED = {
  title: "words",
  likelihood: "likelihood",
  impact: "impact",
  reviewedOn: "last review",
  owner: "owner",
  reference: "spelling of the reference",
} as const;

function differences(was: object, is: object): string {
  return Object.entries(NAMED)
    .filter(([key]) => Reflect.get(was, key) !== Reflect.get(is, key))
    .map(([, name]) => name)
    .join(", ");
}
