import { describe, expect, test } from "vitest";
import { readMeetings } from "./meetings.ts";

const forums = new Set(["uec", "slt"]);
const read = (...rows: string[]) =>
  readMeetings(Buffer.from(["forum,date,time,papers_due,place", ...rows, ""].join("\r\n")), { forums });

describe("meetings.csv", () => {
  test("is in London's time, in summer and in winter", async () => {
    const { meetings, problems } = await read(
      "uec,2026-12-08,14:00,2026-12-01,Room 4",
      "slt,07/07/2026,9:30,30/06/2026 12:00,",
    );
    expect(problems).toEqual([]);
    expect(meetings.map(({ startsAt, papersDueAt }) => [startsAt.toString(), papersDueAt.toString()])).toEqual([
      ["2026-12-08T14:00:00Z", "2026-12-01T17:00:00Z"],
      ["2026-07-07T08:30:00Z", "2026-06-30T11:00:00Z"],
    ]);
  });

  test.each([
    ["uecc,2026-12-08,14:00,2026-12-01,", "forum", 'there is no forum "uecc" (did you mean "uec"?)'],
    ["uec,2026-02-30,14:00,2026-02-01,", "date", '"2026-02-30" is no day such as 2026-12-08'],
    ["uec,8/12/26,14:00,2026-12-01,", "date", '"8/12/26" is no day such as 2026-12-08'],
    ["uec,2026-12-08,2pm,2026-12-01,", "time", '"2pm" is no time such as 14:00'],
    ["uec,2026-12-08,24:00,2026-12-01,", "time", '"24:00" is no time such as 14:00'],
    ["uec,2026-12-08,14:00,2026-12-01 25:61,", "papers_due", '"25:61" is no time such as 14:00'],
    [
      "uec,2026-12-08,14:00,2026-12-08 14:01,",
      "papers_due",
      "papers are due before the meeting begins, or when it does",
    ],
    ["uec,2026-12-08,14:00,,", "papers_due", "is empty"],
    [`uec,2026-12-08,14:00,2026-12-01,${"x".repeat(201)}`, "place", "a place has at most 200 characters"],
    ["uec,2026-12-08,14:00,2026-12-01,\u0007", "place", "the cell holds a control character"],
  ])("says what is wrong with %j", async (row, column, message) => {
    const { problems } = await read("slt,2026-12-15,10:00,2026-12-08,", row);
    expect(problems).toEqual([{ file: "meetings.csv", line: 3, column, message }]);
  });

  test("names a meeting once", async () => {
    const { problems } = await read("uec,2026-12-08,14:00,2026-12-01,", "uec,08/12/2026,14:00,2026-12-02,");
    expect(problems).toEqual([
      { file: "meetings.csv", line: 3, column: "time", message: "the same meeting is in line 2 already" },
    ]);
  });
});
