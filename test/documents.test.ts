import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const pages = globSync(["*.md", "{docs,infra,seeds,packages,services,test,tools}/**/*.md"], {
  cwd: root,
  exclude: ["**/node_modules/**"],
});

test.each(pages)("every link of %s leads somewhere", (page) => {
  const links = [...readFileSync(join(root, page), "utf8").matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)];
  const broken = links.map(([, to = ""]) => to).filter((to) => !existsSync(join(root, dirname(page), to)));
  expect(broken).toEqual([]);
});

test("every decision is in the list of decisions", () => {
  const listed = readFileSync(join(root, "docs/decisions/README.md"), "utf8");
  const records = globSync("docs/decisions/[0-9]*.md", { cwd: root }).map((path) =>
    path.slice("docs/decisions/".length),
  );
  expect(records.filter((record) => !listed.includes(`(${record})`))).toEqual([]);
});

test("every table of the database is in the architecture", () => {
  const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const migrations = globSync("packages/db/src/migrations/*.ts", { cwd: root });
  const tables = migrations.flatMap((path) => [
    ...readFileSync(join(root, path), "utf8").matchAll(/create table (\w+)/g),
  ]);
  expect(tables.map(([, name]) => name).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("everything of ours is under the MIT licence", () => {
  const manifests = globSync(["package.json", "{packages,services}/*/package.json"], { cwd: root });
  const licences = manifests.map((path) => /"license": "([^"]+)"/.exec(readFileSync(join(root, path), "utf8"))?.[1]);
  expect(new Set(licences)).toEqual(new Set(["MIT"]));
});

test("the decision on libraries names each one that is installed, with its version", () => {
  const page = readFileSync(join(root, "docs/decisions/0010-libraries.md"), "utf8");
  const manifests = globSync(["package.json", "{packages,services}/*/package.json"], { cwd: root });
  const pins = manifests.flatMap((path) => [
    ...readFileSync(join(root, path), "utf8").matchAll(/"((?!@signalbox|@types)[@\w/-]+)": "(\d+\.\d+\.\d+[^"]*)"/g),
  ]);
  const missing = pins.filter(([, name = "", version = ""]) => {
    const short = name.replace(/^@[\w-]+\//, "");
    if (name === "version" || name === "msgpackr-extract") return false;
    return !page.includes(short.startsWith("linux-") || /^(darwin|windows)-/.test(short) ? version : short);
  });
  expect(missing.map(([pin]) => pin)).toEqual([]);
});
