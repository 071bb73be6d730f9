import type { CommandDescription } from "./command.ts";

const none = { least: 0, most: 0 };

/** Every command, in the order of the help. */
export const commands: readonly CommandDescription[] = [
  {
    words: ["start"],
    takes: "[--only ingestion,evaluator,notifier,web] [--demo]",
    does: "run the services, all in one process or only those named",
    options: [
      { name: "only", value: "SERVICES", means: "ingestion, evaluator, notifier, web: those to run, joined by commas" },
      { name: "demo", means: "load the demo first, where the database has no catalogue" },
    ],
    arguments: none,
    load: () => import("./commands/start.ts"),
  },
  {
    words: ["migrate"],
    takes: "",
    does: "bring the database and the queue's schema up to date; safe twice, and at once from two machines",
    options: [],
    arguments: none,
    load: () => import("./commands/migrate.ts"),
  },
  {
    words: ["catalogue", "check"],
    takes: "DIR",
    does: "print every problem of a catalogue as file:line: column: message",
    options: [],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/catalogue-check.ts"),
  },
  {
    words: ["catalogue", "load"],
    takes: "DIR",
    does: "check a catalogue, then load all of it or nothing, and print what changed",
    options: [],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/catalogue-load.ts"),
  },
  {
    words: ["key", "create"],
    takes: "--organisation CODE --name NAME [--scope submit,read,operate]",
    does: "make an API key and print it, once",
    options: [
      { name: "organisation", value: "CODE", means: "whose key it is: it reaches this organisation and those below" },
      { name: "name", value: "NAME", means: "what you call it, to list and revoke it by" },
      { name: "scope", value: "SCOPES", means: "submit, read, operate, joined by commas; submit,read if left out" },
    ],
    arguments: none,
    load: () => import("./commands/key-create.ts"),
  },
  {
    words: ["key", "list"],
    takes: "",
    does: "list the keys that were made, never the keys themselves",
    options: [],
    arguments: none,
    load: () => import("./commands/key-list.ts"),
  },
  {
    words: ["key", "revoke"],
    takes: "NAME",
    does: "end a key for good",
    options: [],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/key-revoke.ts"),
  },
  {
    words: ["sign-in"],
    takes: "",
    does: "print a link that signs an operator in, once, within 12 hours",
    options: [],
    arguments: none,
    load: () => import("./commands/sign-in.ts"),
  },
  {
    words: ["submit"],
    takes: "FILE... [--template NAME] [--wait] [--issued DATE] [--organisation CODE]",
    does: "submit files as the local operator; exit 1 if any was rejected",
    options: [
      { name: "template", value: "NAME", means: "how the files are laid out; found from their content if left out" },
      { name: "wait", means: "return when they are settled: read, decided, and whoever is due to hear told" },
      { name: "issued", value: "DATE", means: "the day on which the figures were issued, as 2024-03-31" },
      { name: "organisation", value: "CODE", means: "who submits; the system as a whole if left out" },
    ],
    arguments: { least: 1, most: Infinity },
    load: () => import("./commands/submit.ts"),
  },
  {
    words: ["template", "list"],
    takes: "",
    does: "the layouts that files may have beside the canonical columns",
    options: [],
    arguments: none,
    load: () => import("./commands/template-list.ts"),
  },
  {
    words: ["template", "try"],
    takes: "FILE [--template NAME] [--catalogue DIR] [--rows N]",
    does: "show cell by cell what would be read of a file, and by which template, without keeping it; exit 1 if it would be rejected",
    options: [
      { name: "template", value: "NAME", means: "a template, or the path of one that you write; found if left out" },
      { name: "catalogue", value: "DIR", means: "whose metrics are meant; the database's if left out" },
      { name: "rows", value: "N", means: "how many rows of each kind are shown, or all; 10 if left out" },
    ],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/template-try.ts"),
  },
  {
    words: ["withdraw"],
    takes: "SUBMISSION --reason TEXT",
    does: "withdraw a submission that was sent in error: what was said before it holds again",
    options: [{ name: "reason", value: "TEXT", means: "why; the audit trail and the submission's page keep it" }],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/withdraw.ts"),
  },
  {
    words: ["status"],
    takes: "",
    does: "what waits, what failed, what is overdue, queue by queue; exit 1 if a person must act",
    options: [],
    arguments: none,
    load: () => import("./commands/status.ts"),
  },
  {
    words: ["explain"],
    takes: "ESCALATION",
    does: "why a case stands: figures, rows, limits, rules, and who was told what and when",
    options: [],
    arguments: { least: 1, most: 1 },
    load: () => import("./commands/explain.ts"),
  },
];

/** What every command takes. */
export const everywhere = [
  { name: "json", means: "print the result as one JSON document" },
  { name: "help", means: "say how it is used" },
  { name: "version", means: "print the version" },
] as const;
