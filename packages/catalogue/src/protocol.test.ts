import { expect, test } from "vitest";
import { type Case, problemsOf } from "./testing.ts";

const refused: readonly Case[] = [
  ["a missing protocol", { "protocol.json": null }, ["protocol.json:1: file: the file is missing"]],
  [
    "a protocol that is no JSON",
    { "protocol.json": '{\n  "stepDownAfter": 2,\n}\n' },
    ["protocol.json:3: file: not JSON: Expected double-quoted property name"],
  ],
  [
    "a protocol that is cut off",
    { "protocol.json": '{\n  "stepDownAfter": 2' },
    ["protocol.json:2: file: not JSON: Expected ',' or '}' after property value"],
  ],
  [
    "a protocol's unknown key",
    { "protocol.json": '{\n  "missing": {\n    "boardafter": 2, "boardAfter": 2\n  }\n}\n' },
    ['protocol.json:3: missing.boardafter: unknown key (did you mean "boardAfter"?)'],
  ],
  [
    "a protocol's value that is none",
    { "protocol.json": '{\n  "stepDownAfter": 0\n}\n' },
    ["protocol.json:2: stepDownAfter: Too small: expected number to be >=1"],
  ],
  [
    "a protocol's key twice",
    { "protocol.json": '{\n  "stepDownAfter": 1,\n  "stepDownAfter": 2\n}\n' },
    ["protocol.json:3: stepDownAfter: the key is given twice"],
  ],
  [
    "codes that are no board where cases are signed off",
    {
      "protocol.json":
        '{\n  "stepDown": { "signOff": ["uec", "UEC"] },\n  "quarterly": {\n    "stepDown": {\n      "embedded": ["slt"]\n    }\n  }\n}\n',
    },
    [
      'protocol.json:2: stepDown.signOff: "UEC" is no board',
      'protocol.json:5: quarterly.stepDown.embedded: "slt" is no board',
    ],
  ],
];

test.each(refused)("refuses %s, and names the place", async (_, files, expected) => {
  expect(await problemsOf(files)).toEqual(expected);
});
