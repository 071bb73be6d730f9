import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isPublicAddress } from "./pull-address.ts";
import { type Changes, fetchingFrom, here } from "./testing/fetching.ts";
import { type FileServer, startFileServer } from "./testing/file-server.ts";

let server: FileServer;
beforeEach(async () => {
  server = await startFileServer();
});
afterEach(() => server.close());

const fetching = (path: string, changes?: Changes) => fetchingFrom(server, path, changes);
const csv = "period,organisation,metric,value\n2024-04,NW,ae-4h,70\n";

describe("nobody is asked but", () => {
  const refusal = async (address: string, options?: Changes) => {
    const fetched = await fetching(address, options);
    expect(server.asked).toHaveLength(0);
    return fetched.kind === "failed" ? fetched.why : fetched.kind;
  };

  test.each([
    ["by https", "http://figures.example/a", /is not https/],
    ["hosts that are listed", "https://elsewhere.example/a", /elsewhere\.example is not listed/],
    ["at the port that is listed", "https://figures.example/a", /figures\.example is not listed/],
    ["without a password", "https://me:secret@figures.example/a", /user name or password/],
  ])("%s", async (_, address, why) => {
    expect(await refusal(address)).toMatch(why);
  });

  test.each([["127.0.0.1"], ["10.0.0.8"], ["169.254.169.254"], ["::1"], ["::ffff:127.0.0.1"], ["fd00::1"]])(
    "public addresses: %s is none",
    async (address) => {
      const resolve = async () => [{ address, family: address.includes(":") ? 6 : 4 }];
      const why = await refusal("/a", { resolve, isAllowed: isPublicAddress });
      expect(why).toBe(`the name figures.example leads to ${address}, which is not a public address`);
    },
  );

  test("names of which every address is public", async () => {
    const resolve = async () => [{ address: "93.184.215.14", family: 4 }, ...here];
    expect(await refusal("/a", { resolve, isAllowed: isPublicAddress })).toMatch(/leads to 127\.0\.0\.1/);
  });

  test("names that lead anywhere", async () => {
    expect(await refusal("/a", { resolve: async () => [] })).toMatch(/leads to no address/);
  });

  test("the very address that was checked: a name is looked up once a connection", async () => {
    let looks = 0;
    server.answer("/a", (_, response) => response.end(csv));
    const resolve = async () => {
      looks += 1;
      return looks === 1 ? here : [{ address: "10.0.0.8", family: 4 }];
    };
    expect(await fetching("/a", { resolve })).toMatchObject({ kind: "came" });
    expect(looks).toBe(1);
  });
});

describe("a redirect is checked like the first address", () => {
  const redirected = async (location: string, options?: Changes) => {
    server.answer("/a", (_, response) => response.writeHead(301, { location }).end());
    const fetched = await fetching("/a", options);
    expect(server.asked.map(({ url }) => url)).toEqual(["/a"]);
    return fetched.kind === "failed" ? fetched.why : fetched.kind;
  };

  test.each([
    ["to a host that is not listed", "https://elsewhere.example/b", /elsewhere\.example is not listed/],
    ["to a cloud's own service", "https://169.254.169.254/latest/meta-data/", /169\.254\.169\.254 is not listed/],
    ["to this machine by its number", "https://127.0.0.1:5432/", /127\.0\.0\.1:5432 is not listed/],
    ["to a page without encryption", "http://figures.example/b", /is not https/],
    ["to a file of this machine", "file:///etc/passwd", /is not https/],
    ["to no address", "https://", /without saying where to go/],
  ])("%s", async (_, location, why) => {
    expect(await redirected(location)).toMatch(why);
  });

  test("to a listed name that by now leads to a private address", async () => {
    let looks = 0;
    const resolve = async () => {
      looks += 1;
      return looks === 1 ? here : [{ address: "192.168.0.1", family: 4 }];
    };
    expect(await redirected("/b", { resolve })).toMatch(/leads to 192\.168\.0\.1/);
  });

  test("and is followed five times, no more", async () => {
    for (let i = 0; i < 7; i++)
      server.answer(`/${i}`, (_, response) => response.writeHead(302, { location: `/${i + 1}` }).end());
    expect(await fetching("/0")).toMatchObject({ kind: "failed", why: expect.stringMatching(/more than 5 times/) });
    expect(server.asked).toHaveLength(6);
    server.answer("/6", (_, response) => response.end(csv));
    expect(await fetching("/1")).toMatchObject({ kind: "came" });
  });
});
