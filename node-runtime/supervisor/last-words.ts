const linesMax = 20
const charsMax = 4_000

/** The end of what a process wrote before it went; bounded, because a process may write for years. */
export class LastWords {
  #text = ''

  add(text: string): void {
    this.#text = (this.#text + text).slice(-charsMax)
  }

  lines(): readonly string[] {
    return this.#text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .slice(-linesMax)
  }
}
