import { MEDIA_TYPES } from "@signalbox/formats";
import { afterAll, beforeAll, expect, test } from "vitest";
import { drawnZip } from "../../packages/formats/src/workbook/drawn-zip.ts";
import { writtenWorkbook } from "../../packages/formats/src/workbook/testing.ts";
import { inventedSystem } from "../harness/invented-health-system.ts";
import { type Pipeline, startPipeline } from "../harness/pipeline.ts";
import { cellsOf, HEADER, HEADER_CELLS } from "./hostile-file.ts";

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await startPipeline({ catalogue: inventedSystem });
  await pipeline.put("2024-03-20T10:00:00Z");
}, 120_000);
afterAll(() => pipeline.close());

interface Submission {
  status: string;
  rows: { read: number; accepted: number; unchanged: number; refused: number };
  problems: { code: string; severity: string }[];
}

/** Sends a file by the API and reads what became of it. */
async function outcome(filename: string, bytes: Buffer, mediaType: string): Promise<Submission> {
  const response = await pipeline.api.request(`/submissions?organisation=NW&filename=${filename}`, {
    method: "POST",
    body: bytes,
    headers: { "content-type": mediaType },
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  await pipeline.settle();
  return pipeline.api.get<Submission>(`/submissions/${id}`);
}

const row = (value: number): string[] => ["2024-01", "NW", "elective", String(value), "", "", "", ""];
const workbook = (value: number, macros = false): Buffer =>
  writtenWorkbook({
    sheets: [{ rows: `<row>${HEADER_CELLS}</row><row>${cellsOf(row(value))}</row>` }],
    parts: macros ? { "xl/vbaProject.bin": Buffer.from("Sub Auto_Open()") } : {},
  });
const figure = async (): Promise<(number | null)[]> => {
  const found = await pipeline.api.list<{ value: number | null }>(
    "/assessments?metric=elective&organisation=NW&from=2024-01&to=2024-01",
  );
  return found.map(({ value }) => value);
};

test(
  "a workbook, one with macros and a zip archive are taken; a bomb between them is refused and leaves the figures",
  { timeout: 120_000 },
  async () => {
    const bomb = drawnZip([{ name: "figures.csv", bytes: Buffer.alloc(20_000_000, "1,2\n") }]);
    const zipped = drawnZip([{ name: "figures.csv", bytes: `${HEADER}\n${row(230).join(",")}\n` }]);

    expect(await outcome("one.xlsx", workbook(210), MEDIA_TYPES[".xlsx"])).toMatchObject({
      status: "accepted",
      problems: [],
    });
    expect(await figure()).toEqual([210]);
    expect(await outcome("bomb.xlsx", bomb, MEDIA_TYPES[".xlsx"])).toMatchObject({
      status: "rejected",
      problems: [{ code: "unpacks-too-large" }],
    });
    expect(await figure()).toEqual([210]);
    expect(await outcome("two.xlsm", workbook(220, true), MEDIA_TYPES[".xlsm"])).toMatchObject({
      status: "accepted",
      problems: [{ code: "macros", severity: "warning" }],
    });
    expect(await figure()).toEqual([220]);
    expect(await outcome("three.zip", zipped, MEDIA_TYPES[".zip"])).toMatchObject({ status: "accepted", problems: [] });
    expect(await figure()).toEqual([230]);
  },
);
