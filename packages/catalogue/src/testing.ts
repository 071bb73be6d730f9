import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatProblem } from "./problem.ts";
import { type CatalogueRead, readCatalogue } from "./read-catalogue.ts";

/** Files of a catalogue by name; null for one that is not there. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

/** What is tried, the files that differ from the good catalogue, and the problems it has. */
export type Case = readonly [name: string, files: Files, expected: readonly string[]];

/** A small catalogue without problems, with a metric of most units. */
export const good: Files = {
  "organisations.csv": `code,name,kind,parent,opened,closed
ICS,Invented System,system,,,
NW,"Northwick, Eastly and ""Westbrook"" Hospitals",provider,ICS,2019-04-01,
NW1,Northwick General,site,NW,01/04/2019,2024-03-31
`,
  "forums.csv": "code,name,tier,parent\nslt,System Leadership Team,slt,\nuec,Urgent Care Board,board,slt\n",
  "people.csv":
    "email,name,role,forum,organisation\nAnn.Chair@Example.org,Ann Chair,chair,uec,\nowner@example.org,Olu,owner,uec,NW\n",
  "metrics.csv": `code,name,description,area,domain,unit,scale,better,frequency,aggregation,decimals
ae-4h,A&E four-hour performance,,uec,Operations,percent,,higher,monthly,ratio,1
cqc,CQC rating,,uec,Quality,ordinal,P|A|G|E,higher,quarterly,none,
spend,Agency spend,,uec,Money,money,,lower,monthly,sum,0
wait,Mean wait,,uec,Operations,duration,,lower,monthly,none,0
staff,Staff in post,,uec,Workforce,count,,neither,monthly,sum,0
safe,Safe staffing,,uec,Quality,yesno,,higher,monthly,none,0
`,
  "thresholds.csv":
    "metric,organisation,level,basis,board,slt,from,to,status,approved_on,minute\nae-4h,,,value,85,75%,2020-04,,approved,2020-04-15,UEC 4\n",
  "plans.csv": "metric,organisation,period,value\nae-4h,NW,2024-01,80.5\n",
  "protocol.json": '{ "stepDownAfter": 2 }\n',
};

/** Reads the good catalogue with some files changed. */
export async function readWith(changes: Files, known?: Parameters<typeof readCatalogue>[1]): Promise<CatalogueRead> {
  const dir = await mkdtemp(join(tmpdir(), "catalogue-"));
  try {
    for (const [name, content] of Object.entries({ ...good, ...changes })) {
      if (content !== null) await writeFile(join(dir, name), content);
    }
    return await readCatalogue(dir, known);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** The problems of the good catalogue with some files changed, as they are printed. */
export async function problemsOf(changes: Files): Promise<readonly string[]> {
  const { catalogue, problems } = await readWith(changes);
  if ((catalogue === null) !== problems.length > 0) throw new Error("a catalogue with problems, or none without");
  return problems.map(formatProblem);
}

/** A file of the good catalogue with rows added below. */
export const withRows = (name: string, ...rows: readonly string[]): Files => ({
  [name]: `${String(good[name])}${rows.join("\n")}\n`,
});

/** A file of the good catalogue with one text in it replaced. */
export const withText = (name: string, from: string, to: string): Files => ({
  [name]: String(good[name]).replace(from, to),
});
