import { readBouncesCsv } from "./bounces-csv.ts";
import { readDeliveryReport } from "./delivery-report.ts";
import { type NotTaken, type SaidOfAddress, saidIn } from "./take-bounces.ts";

/** A file that somebody sent. */
export interface SentReport {
  readonly filename: string;
  readonly bytes: Buffer;
}

const ADDRESS = /^[^\s@<>,;"]{1,64}@[^\s@<>,;"]{1,255}$/;

/** What files say of addresses: delivery reports as .eml, lists as .csv. */
export async function saidInFiles(
  files: readonly SentReport[],
): Promise<{ said: SaidOfAddress[]; notTaken: NotTaken[] }> {
  const all = await Promise.all(files.map(readOne));
  return { said: all.flatMap(({ said }) => said), notTaken: all.flatMap(({ notTaken }) => notTaken) };
}

async function readOne({ filename, bytes }: SentReport): Promise<{ said: SaidOfAddress[]; notTaken: NotTaken[] }> {
  if (!/\.csv$/i.test(filename)) {
    const report = await readDeliveryReport(bytes);
    if (report === null) return { said: [], notTaken: [{ place: filename, why: "it is no delivery report" }] };
    return saidIn(report, filename);
  }
  const read = await readBouncesCsv(bytes);
  if ("fault" in read) return { said: [], notTaken: [{ place: filename, why: read.fault }] };
  const said: SaidOfAddress[] = [];
  const notTaken: NotTaken[] = [];
  for (const { row, ...one } of read.rows) {
    const place = `row ${row} of ${filename}`;
    const judged = saidByHand(one, place);
    if ("why" in judged) notTaken.push(judged);
    else said.push(judged);
  }
  return { said, notTaken };
}

/** What a row says of an address, without a mail; or why it cannot be taken. */
export function saidByHand(
  { address, said, at }: { readonly address: string; readonly said: string; readonly at: string },
  place: string,
): SaidOfAddress | NotTaken {
  if (!ADDRESS.test(address)) return { place, why: `${JSON.stringify(address.slice(0, 100))} is no e-mail address` };
  const moment = momentOf(at);
  if (moment === undefined)
    return { place, why: `${JSON.stringify(at.slice(0, 100))} is no time: write 2026-12-24 or 2026-12-24T09:30:00Z` };
  const words = said.replace(/[\p{Cc}\p{Cs}]+/gu, " ").slice(0, 500);
  return { place, address: address.toLowerCase(), said: words || "It came back", at: moment, messageId: null };
}

/** A moment or a day in London; null for none, undefined for what is none. */
function momentOf(text: string): Temporal.Instant | null | undefined {
  if (text === "") return null;
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? Temporal.PlainDate.from(text, { overflow: "reject" }).toZonedDateTime("Europe/London").toInstant()
      : Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
}
