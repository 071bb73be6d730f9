/** Names in the order first met, each with its place. */
export class Names {
  readonly list: string[];
  readonly #places: Map<string, number>;

  constructor(list: string[] = []) {
    this.list = list;
    this.#places = new Map(list.map((name, place) => [name, place]));
  }

  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    this.#places.set(name, this.list.length);
    return this.list.push(name) - 1;
  }
}
