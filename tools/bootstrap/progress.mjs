/**
 * One line that says what is being fetched. On a terminal it is rewritten with the seconds it takes; elsewhere (a log,
 * CI) it is two plain lines. All of it goes to stderr: the stdout of a command may be JSON that somebody pipes.
 *
 * @typedef {{ readonly done: (note?: string) => void, readonly failed: (note: string) => void }} Progress
 */

const tickMs = 200

/**
 * @param {string} text
 * @returns {void}
 */
export function say(text) {
  process.stderr.write(`${text}\n`)
}

/**
 * @param {string} label
 * @returns {Progress}
 */
export function startProgress(label) {
  const startedAt = Date.now()
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(1)
  const isTerminal = process.stderr.isTTY === true
  const rewrite = (/** @type {string} */ text) => process.stderr.write(`\r\u001b[2K${text}`)

  if (!isTerminal) say(`${label} ...`)
  const timer = isTerminal ? setInterval(() => rewrite(`${label} ... ${seconds()} s`), tickMs) : null

  /** @param {string} end */
  function finish(end) {
    if (timer) clearInterval(timer)
    const text = `${label}: ${end} (${seconds()} s)`
    if (isTerminal) rewrite(`${text}\n`)
    else say(text)
  }
  return { done: (note = 'ready') => finish(note), failed: (note) => finish(note) }
}
