/** Where the keys of a JSON text stand, and which are given twice; the text must be JSON that parses. */
export interface JsonPlaces {
  /** The line of a key's own text, or of the nearest key around it. */
  lineOf(path: readonly PropertyKey[]): number;
  readonly doubles: readonly (readonly string[])[];
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Level {
  readonly path: readonly string[];
  readonly isObject: boolean;
  /** The key (or the place in an array) whose value comes next. */
  key: string;
  place: number;
}

/** Finds the line of every key, by walking over the text's tokens. */
export function findPlaces(text: string): JsonPlaces {
  const lines = new Map<string, number>();
  const doubles: string[][] = [];
  const open: Level[] = [];
  let expectsKey = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const level = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({
        path: level === undefined ? [] : [...level.path, level.key],
        isObject: token === "{",
        key: "0",
        place: 0,
      });
      expectsKey = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      expectsKey = false;
    } else if (token === "," && level !== undefined) {
      level.key = String(++level.place);
      expectsKey = level.isObject;
    } else if (expectsKey && level !== undefined) {
      level.key = String(JSON.parse(token));
      const path = [...level.path, level.key];
      if (lines.has(JSON.stringify(path))) doubles.push(path);
      lines.set(JSON.stringify(path), lineAt(text, index));
      expectsKey = false;
    }
  }
  return {
    doubles,
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const line = lines.get(JSON.stringify(path.slice(0, length).map(String)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

/** The line, from 1, in which a character stands. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
