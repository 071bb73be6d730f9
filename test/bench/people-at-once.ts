import { Agent, request } from "node:http";
import { signedIn } from "../harness/sign-in.ts";
import type { Installation } from "./installation.ts";

/** What a page took, in milliseconds, and how many bytes of it came. */
export interface Visit {
  readonly took: number;
  readonly status: number;
  readonly bytes: number;
}

/** A browser with a connection of its own, signed in as one person. */
export interface Visitor {
  get(path: string): Promise<Visit>;
}

/** A visitor who signed in by a link as it is mailed. */
export async function signIn({ db, worker }: Installation, person: string): Promise<Visitor> {
  const address = worker.address ?? "";
  const cookie = await signedIn({ address, db }, person);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    get(path) {
      const began = performance.now();
      const { promise, resolve, reject } = Promise.withResolvers<Visit>();
      const asked = request(new URL(path, address), { agent, headers: { cookie } });
      asked.on("error", reject).on("response", (response) => {
        let bytes = 0;
        response.on("error", reject).on("data", (chunk: Buffer) => (bytes += chunk.length));
        response.on("end", () => resolve({ took: performance.now() - began, status: response.statusCode ?? 0, bytes }));
      });
      asked.end();
      return promise;
    },
  };
}

/** Every visitor reads page after page, as fast as the answers come, until each read so many; returns all visits by page. */
export async function readAtOnce(
  visitors: readonly Visitor[],
  pages: ReadonlyMap<string, (visitor: number, round: number) => string>,
  rounds: number,
): Promise<Map<string, Visit[]>> {
  const visits = new Map<string, Visit[]>([...pages.keys()].map((name) => [name, []]));
  const names = [...pages.keys()];
  await Promise.all(
    visitors.map(async (visitor, who) => {
      for (let round = 0; round < rounds; round++) {
        for (let at = 0; at < names.length; at++) {
          // Not all of them the same page at the same moment.
          const name = names[(at + who) % names.length] ?? "";
          const path = pages.get(name)?.(who, round) ?? "/";
          const visit = await visitor.get(path);
          if (visit.status !== 200) throw new Error(`${path} was answered with ${visit.status}`);
          visits.get(name)?.push(visit);
        }
      }
    }),
  );
  return visits;
}

/** The value that so large a share of them does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
