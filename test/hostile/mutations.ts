import * as fc from "fast-check";

/** One change to a file; `at` and `to` are places in it as shares of its length, so that they hold for any file. */
type Mutation =
  | { kind: "bytes"; at: number; bytes: Uint8Array }
  | { kind: "inserted"; at: number; bytes: Uint8Array }
  | { kind: "removed"; at: number; length: number }
  | { kind: "repeated"; at: number; to: number; length: number }
  | { kind: "cut"; at: number };

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
/** Bytes that mean something to a reader, and any. */
const bytes = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 6 }),
  fc
    .constantFrom(
      "<",
      ">",
      "/>",
      '"',
      "&",
      "&#0;",
      "\n",
      ",",
      '""',
      "<c>",
      "</row>",
      "\0",
      "\uffff",
      "-1",
      "1e9",
      "9".repeat(20),
    )
    .map((text) => new Uint8Array(Buffer.from(text))),
);
const length = fc.nat({ max: 400 });

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant("bytes" as const), at: share, bytes }),
  fc.record({ kind: fc.constant("inserted" as const), at: share, bytes }),
  fc.record({ kind: fc.constant("removed" as const), at: share, length }),
  fc.record({ kind: fc.constant("repeated" as const), at: share, to: share, length }),
  fc.record({ kind: fc.constant("cut" as const), at: share }),
);

/** A few changes, to be made one after the other. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 4 });

export function mutated(file: Buffer, changes: readonly Mutation[]): Buffer {
  return changes.reduce(changed, file);
}

function changed(file: Buffer, change: Mutation): Buffer {
  const at = Math.floor(change.at * file.length);
  switch (change.kind) {
    case "bytes":
      return Buffer.concat([file.subarray(0, at), change.bytes, file.subarray(at + change.bytes.length)]);
    case "inserted":
      return Buffer.concat([file.subarray(0, at), change.bytes, file.subarray(at)]);
    case "removed":
      return Buffer.concat([file.subarray(0, at), file.subarray(at + change.length)]);
    case "repeated": {
      const to = Math.floor(change.to * file.length);
      return Buffer.concat([file.subarray(0, to), file.subarray(at, at + change.length), file.subarray(to)]);
    }
    case "cut":
      return file.subarray(0, at);
  }
}
