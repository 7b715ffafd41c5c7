/** Opens the store at PATH, says in one line of JSON what came of it, and closes. Run as another user. */
import { openStore } from '../index.ts'

const opened = openStore({ path: process.argv[2] ?? '' })
process.stdout.write(`${JSON.stringify(opened.ok ? { ok: true } : opened)}\n`)
if (opened.ok) opened.value.close()
