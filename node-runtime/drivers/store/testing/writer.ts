/**
 * A process that writes transactions until it has made as many as asked, or until it is killed.
 * Usage: writer.ts PATH TRANSACTIONS PUTS [BYTES [FROM]]. It says `begin N` and `done N` around each, with plain writes
 * to fd 1, so that a trace of its system calls shows what reached the disk between the two.
 */
import { writeSync } from 'node:fs'
import { openStore } from '../index.ts'

const [path = '', transactions = '0', puts = '1', bytes = '300', from = '0'] = process.argv.slice(2)
const opened = openStore({ path })
if (!opened.ok) throw new Error(opened.failure.message)

for (let number = Number(from); number < Number(from) + Number(transactions); number += 1) {
  writeSync(1, `begin ${number}\n`)
  opened.value.transaction((tx) => {
    for (let put = 0; put < Number(puts); put += 1) {
      tx.put('log', `${String(number).padStart(9, '0')}-${put}`, Buffer.alloc(Number(bytes), number))
    }
  })
  writeSync(1, `done ${number}\n`)
}
writeSync(1, 'end\n')
