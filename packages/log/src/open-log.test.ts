import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { type LogOptions, openLog } from "./open-log.ts";

function logged(format: LogOptions["format"], say: (log: ReturnType<typeof openLog>) => void): string {
  let text = "";
  const destination = { write: (line: string) => void (text += line) };
  say(openLog({ level: "info", format, service: "notifier", destination }));
  return text;
}

test("a line of JSON names the service, the level in words and the time", () => {
  const line = JSON.parse(logged("json", (log) => log.warn({ notice: 7 }, "not sent"))) as Record<string, unknown>;
  expect(line).toMatchObject({ level: "warn", service: "notifier", notice: 7, msg: "not sent" });
  expect(line["time"]).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a line for a terminal begins with the time and says which service speaks", () => {
  expect(logged("pretty", (log) => log.info("3 notices sent"))).toMatch(
    /^\[\d\d:\d\d:\d\d\] INFO: notifier: 3 notices sent/,
  );
});

test.each(["json", "pretty"] as const)(
  "no e-mail address gets into a %s line, be it in a field, the message or an error",
  (format) => {
    const text = logged(format, (log) => {
      log.info({ to: "chair@example.nhs.uk", people: ["a.o'neil+x@example.org"] }, "sent to chair@example.nhs.uk");
      log.child({ recipient: "chair@example.nhs.uk" }).error(new Error("550 <chair@example.nhs.uk>: no such user"));
    });
    expect(text).toContain("[e-mail address]");
    expect(text).not.toMatch(/@example/);
  },
);

test("neither passwords of servers nor keys get into a line", () => {
  const text = logged("json", (log) => {
    log.info({
      url: "postgres://app:open-sesame@db.example.org/x",
      authorization: "Bearer open-sesame",
      req: { password: "open-sesame" },
    });
    log.info("see http://localhost:3000/sign-in?token=open-sesame&next=/");
    log.error(new Error("GET /answer/7-1797292800-open-sesame-open-sesame-open-sesame-open failed"));
    log.info({ url: "/sign-in/open-sesame-open-sesame" }, "asked");
  });
  expect(text).toContain("db.example.org");
  expect(text).not.toContain("sesame");
});

test("lines go to stderr, for stdout is for results", () => {
  const program = `import { openLog } from ${JSON.stringify(import.meta.resolve("./open-log.ts"))};
    openLog({ level: "info", format: "json", service: "cli" }).info("hello"); process.exit(3);`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(run.status).toBe(3);
  expect(run.stdout).toBe("");
  expect(run.stderr).toContain('"msg":"hello"');
});
