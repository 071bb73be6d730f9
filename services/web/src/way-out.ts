import { MEDIA_TYPES } from "@signalbox/formats";
import { TABLE_FORMATS, type TableFormat, type TableOut } from "@signalbox/formats/table-out/table-out";
import { tableBytes } from "@signalbox/formats/table-out/write-table";
import type { FastifyReply } from "fastify";
import { Readable } from "node:stream";
import { Problem } from "./problem.ts";

export type { TableFormat, TableOut } from "@signalbox/formats/table-out/table-out";

const TYPES: Readonly<Record<TableFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  xlsx: MEDIA_TYPES[".xlsx"],
  json: "application/json; charset=utf-8",
};

/**
 * The format that `?as=` of an address asks for (pass `request.query.as`), or null where it asks for the page itself;
 * throws Problem 400 for one there is not.
 */
export function formatAsked(as: unknown): TableFormat | null {
  if (as === undefined || as === "") return null;
  const format = TABLE_FORMATS.find((one) => one === as);
  if (format === undefined) throw new Problem(400, "A table leaves as csv, xlsx or json: put one of them after as=.");
  return format;
}

/**
 * Answers with a whole table as a file whose name says what it is and of which day. `rows` may be read from the database
 * as they are sent: no more of the file than a piece is held.
 */
export function sendTable(reply: FastifyReply, table: TableOut, as: TableFormat): FastifyReply {
  const day = Temporal.Now.plainDateISO("Europe/London").toString();
  reply.header("content-disposition", `attachment; filename="${plainName(table.name)}-${day}.${as}"`);
  reply.header("cache-control", "no-store").type(TYPES[as]);
  return reply.send(Readable.from(tableBytes(table, as), { objectMode: false }));
}

function plainName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 80)
    .replace(/^-|-$/g, "");
  return plain || "table";
}
