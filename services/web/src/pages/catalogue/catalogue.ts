import {
  notationOf,
  PROTOCOL_FILE,
  textOf,
  writeCatalogue,
  type WrittenFile,
  writtenFiles,
} from "@signalbox/catalogue";
import { cataloguePage, catalogueRows, catalogueSizes, catalogueVersions } from "@signalbox/db";
import type { FastifyReply } from "fastify";
import { zipOf } from "../../catalogue/zip-of.ts";
import { addressWith, pageAsked, pageOf } from "../../page-of.ts";
import { Problem } from "../../problem.ts";
import { formatAsked, sendTable } from "../../way-out.ts";
import type { PagesOf } from "../all.ts";
import { columnsShown, FILES_IN_WORDS, rowInWords } from "./catalogue-words.ts";

const ROWS_A_PAGE = 100;
const LONGEST_SEARCH = 200;
const NONE_LOADED = "No catalogue is loaded yet. Upload one, or load a folder with `npx signalbox catalogue load`.";

interface OneFile {
  Params: { file: string };
  Querystring: { q?: unknown; page?: unknown; as?: unknown };
}

/** /catalogue: what stands, file by file, to look through and to take away in the shape in which it can be put back. */
export const cataloguePages: PagesOf = (app, { db, previews }, pages) => {
  app.get<{ Querystring: { loaded?: unknown; dropped?: unknown } }>("/catalogue", async (request, reply) => {
    const [sizes, { versions, total }] = await Promise.all([
      catalogueSizes(db),
      catalogueVersions(db, { offset: 0, limit: 1 }),
    ]);
    const files = Object.entries(FILES_IN_WORDS).map(([file, words]) => ({
      file,
      ...words,
      rows: file === PROTOCOL_FILE ? null : (sizes.get(file) ?? 0),
    }));
    const { loaded, dropped } = request.query;
    const context = { files, version: versions[0] ?? null, versions: total, loaded, dropped: dropped !== undefined };
    return pages.show(request, reply, { template: "catalogue", context });
  });

  app.get<OneFile>("/catalogue/files/:file", async (request, reply) => {
    const { file } = request.params;
    const as = formatAsked(request.query.as);
    if (file === PROTOCOL_FILE) {
      const text = `${JSON.stringify(await theProtocol(), null, 2)}\n`;
      if (as !== null) return sendFile(reply, PROTOCOL_FILE, Buffer.from(text));
      const context = { file, words: FILES_IN_WORDS[file], text };
      return pages.show(request, reply, { template: "catalogue-protocol", context });
    }
    const written = writtenFiles.find((one) => one.file === file);
    if (written === undefined) {
      throw new Problem(404, "A catalogue has no such file. Choose one on the page of the catalogue.");
    }
    const notation = notationOf((await previews.readCatalogue(db))?.metrics.values() ?? []);
    // A part of a file, put back, would remove the rest: as CSV it goes whole, whatever was searched for.
    if (as === "csv") {
      const all = await catalogueRows(db, "in-force");
      return sendFile(reply, file, Buffer.from(textOf(written, written.rows(all, notation))));
    }
    const search = searched(request.query.q);
    const size = as === null ? ROWS_A_PAGE : null;
    const asked = pageAsked(request.query.page);
    const page = await cataloguePage(db, file, { search, offset: size === null ? 0 : (asked - 1) * size, limit: size });
    const rows = page === null ? [] : [...written.rows(page.rows, notation)];
    if (as !== null) return sendTable(reply, tableOf(written, rows), as);
    const context = {
      file,
      words: FILES_IN_WORDS[file],
      columns: columnsShown(file, written.columns),
      isCut: columnsShown(file, written.columns) !== written.columns,
      rows: rows.map((row, at) => ({
        ...rowInWords(file, written.columns, row),
        depth: Math.min(page?.depths[at] ?? 0, 6),
      })),
      search,
      paged: pageOf(page?.total ?? 0, {
        page: asked,
        size: ROWS_A_PAGE,
        address: addressWith(`/catalogue/files/${file}`, { q: search }),
      }),
    };
    return pages.show(request, reply, { template: "catalogue-file", context });
  });

  app.get("/catalogue/download", async (_request, reply) => {
    const { protocol, ...rows } = await catalogueRows(db, "in-force");
    if (protocol === null) throw new Problem(404, NONE_LOADED);
    reply.header("content-disposition", 'attachment; filename="catalogue.zip"').header("cache-control", "no-store");
    return reply.type("application/zip").send(zipOf(writeCatalogue({ ...rows, protocol })));
  });

  async function theProtocol() {
    const protocol = (await previews.readCatalogue(db))?.protocol.body;
    if (protocol === undefined) throw new Problem(404, NONE_LOADED);
    return protocol;
  }
};

/** A file under its own name, so that it can be put back into the folder as it is. */
function sendFile(reply: FastifyReply, file: string, bytes: Buffer): FastifyReply {
  reply.header("content-disposition", `attachment; filename="${file}"`).header("cache-control", "no-store");
  return reply.type(file.endsWith(".json") ? "application/json" : "text/csv; charset=utf-8").send(bytes);
}

function tableOf({ file, columns }: WrittenFile, rows: readonly (readonly string[])[]) {
  return {
    name: file.replace(/\.csv$/, ""),
    columns: columns.map((key) => ({ key, title: key })),
    rows: rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place] ?? ""]))),
  };
}

function searched(given: unknown): string {
  return typeof given === "string"
    ? given
        .replace(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, LONGEST_SEARCH)
    : "";
}
