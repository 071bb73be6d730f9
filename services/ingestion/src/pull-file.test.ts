import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isPublicAddress } from "./pull-address.ts";
import { fetchFile, type FetchRules, type KnownFile } from "./pull-file.ts";
import { type FileServer, startFileServer } from "./testing/file-server.ts";

let server: FileServer;
beforeEach(async () => {
  server = await startFileServer();
});
afterEach(() => server.close());

const unknown: KnownFile = { fetchedFrom: null, etag: null, lastModified: null };
const never = new AbortController().signal;
const here = [{ address: "127.0.0.1", family: 4 }];

const fetching = (
  path: string,
  { known = unknown, signal = never, ...rules }: Partial<FetchRules> & { known?: KnownFile; signal?: AbortSignal } = {},
) =>
  fetchFile(path.startsWith("/") ? `https://${server.host}${path}` : path, {
    known,
    signal,
    rules: {
      hosts: [server.host],
      resolve: async () => here,
      // The tests' own server is the one exception.
      isAllowed: (address) => address === "127.0.0.1",
      ca: server.certificate,
      largest: 1024 * 1024,
      silenceMs: 5000,
      wholeMs: 10_000,
      ...rules,
    },
  });

const csv = "period,organisation,metric,value\n2024-04,NW,ae-4h,70\n";

describe("a file that is there", () => {
  test("comes with what the server says of it", async () => {
    server.answer("/april.csv", (_, response) => {
      response.writeHead(200, {
        etag: '"one"',
        "last-modified": "Mon, 13 May 2024 08:30:00 GMT",
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="ae.csv"',
      });
      response.end(csv);
    });
    expect(await fetching("/april.csv")).toEqual({
      kind: "came",
      bytes: Buffer.from(csv),
      from: new URL(`https://${server.host}/april.csv`),
      etag: '"one"',
      lastModified: "Mon, 13 May 2024 08:30:00 GMT",
      disposition: 'attachment; filename="ae.csv"',
      mediaType: "text/csv",
    });
    expect(server.asked[0]?.headers).toMatchObject({ host: server.host, "accept-encoding": "identity" });
  });

  test("is asked for by its mark, and does not come again while it is the same", async () => {
    server.answer("/april.csv", ({ headers }, response) => {
      if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(csv);
    });
    const known = { fetchedFrom: `https://${server.host}/april.csv`, etag: '"one"', lastModified: null };
    expect(await fetching("/april.csv", { known })).toEqual({ kind: "unchanged" });
    expect(await fetching("/april.csv", { known: { ...known, etag: '"none"' } })).toMatchObject({ kind: "came" });
  });

  test("is not asked for by the mark of another", async () => {
    server.answer("/april.csv", (_, response) => response.end(csv));
    const known = { fetchedFrom: `https://${server.host}/may.csv`, etag: '"one"', lastModified: "yesterday" };
    await fetching("/april.csv", { known });
    expect(server.asked[0]?.headers).not.toHaveProperty("if-none-match");
    expect(server.asked[0]?.headers).not.toHaveProperty("if-modified-since");
  });

  test("is found where it moved to, and its mark goes to where it was found", async () => {
    server.answer("/april.csv", (_, response) => response.writeHead(302, { location: "/files/7" }).end());
    server.answer("/files/7", ({ headers }, response) => {
      if (headers["if-none-match"] === '"one"') response.writeHead(304).end();
      else response.writeHead(200, { etag: '"one"' }).end(csv);
    });
    const came = await fetching("/april.csv");
    expect(came).toMatchObject({ kind: "came", etag: '"one"' });
    const from = came.kind === "came" ? came.from.href : "";
    expect(from).toBe(`https://${server.host}/files/7`);
    const known = { fetchedFrom: from, etag: '"one"', lastModified: null };
    expect(await fetching("/april.csv", { known })).toEqual({ kind: "unchanged" });
  });
});

describe("a file that is not there", () => {
  test.each([404, 410])("%d is no failure", async (status) => {
    server.answer("/april.csv", (_, response) => response.writeHead(status).end());
    expect(await fetching("/april.csv")).toEqual({
      kind: "not-there",
      why: `https://${server.host}/april.csv is not there (${status})`,
    });
  });
});

describe("a server that fails says why", () => {
  const failing = async (path: string, options?: Parameters<typeof fetching>[1]) => {
    const fetched = await fetching(path, options);
    return fetched.kind === "failed" ? fetched.why : fetched.kind;
  };

  test("with an error, and when it wants to be asked again", async () => {
    server.answer("/a", (_, response) => response.writeHead(503, { "retry-after": "7200" }).end("busy"));
    expect(await fetching("/a")).toEqual({ kind: "failed", why: `${server.host} answered 503`, retryAfter: "7200" });
  });

  test.each([201, 204, 206, 401, 403, 500])("with %d", async (status) => {
    server.answer("/a", (_, response) => response.writeHead(status).end());
    expect(await failing("/a")).toBe(`${server.host} answered ${status}`);
  });

  test("with an empty file", async () => {
    server.answer("/a", (_, response) => response.end());
    expect(await failing("/a")).toBe("the file is empty");
  });

  test("with a file that it says is too large", async () => {
    server.answer("/a", (_, response) => response.writeHead(200, { "content-length": "1048577" }).write("x"));
    expect(await failing("/a")).toBe("the file is larger than 1 MB");
  });

  test("with a file that grows too large, cut off long before its end", async () => {
    let sent = 0;
    server.answer("/a", (_, response) => {
      const more = () => {
        for (sent += 1; response.write(Buffer.alloc(64 * 1024)); sent += 1);
        response.once("drain", more);
      };
      more();
    });
    expect(await failing("/a")).toBe("the file is larger than 1 MB");
    expect(sent * 64).toBeLessThan(64 * 1024);
  });

  test("by being packed, though asked not to", async () => {
    server.answer("/a", (_, response) => response.writeHead(200, { "content-encoding": "gzip" }).end(csv));
    expect(await failing("/a")).toMatch(/sent it as "gzip"/);
  });

  test("by breaking off", async () => {
    server.answer("/a", (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write(csv, () => response.destroy());
    });
    expect(await failing("/a")).toMatch(/broke off/);
  });

  test("by saying nothing", async () => {
    server.answer("/a", () => {});
    expect(await failing("/a", { silenceMs: 100 })).toBe(`${server.host} said nothing for 0.1 s`);
  });

  test("by falling silent in the middle", async () => {
    server.answer("/a", (_, response) => response.writeHead(200).write(csv));
    expect(await failing("/a", { silenceMs: 100 })).toBe(`${server.host} said nothing for 0.1 s`);
  });

  test("by sending a little now and then, for ever", async () => {
    server.answer("/a", (request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write("x"), 20);
      request.socket.on("close", () => clearInterval(drip));
    });
    expect(await failing("/a", { wholeMs: 300 })).toBe(`${server.host} took longer than 0.3 s`);
  });

  test("by not being the one it says", async () => {
    const stranger = await startFileServer("another.example");
    const address = `https://figures.example:${stranger.host.split(":")[1]}/a`;
    const why = await failing(address, { hosts: [new URL(address).host], ca: stranger.certificate });
    await stranger.close();
    expect(why).toMatch(/does not prove who it is \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });

  test("by a certificate that nobody vouches for", async () => {
    const other = await startFileServer();
    const why = await failing("/a", { ca: other.certificate });
    await other.close();
    expect(why).toMatch(/does not prove who it is/);
  });

  test("by taking no connection", async () => {
    const address = `https://${server.host}/a`;
    await server.close();
    expect(await failing(address)).toMatch(/takes no connection \(ECONNREFUSED\)/);
    server = await startFileServer();
  });

  test("by a name that nobody knows", async () => {
    const unknownName = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    expect(await failing("/a", { resolve: unknownName })).toMatch(/is not found \(ENOTFOUND\)/);
  });
});

describe("nobody is asked but", () => {
  const refusal = async (address: string, options?: Parameters<typeof fetching>[1]) => {
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
  const redirected = async (location: string, options?: Parameters<typeof fetching>[1]) => {
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
