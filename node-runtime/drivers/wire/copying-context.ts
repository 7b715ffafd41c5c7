import { Context } from 'zeromq'

/** Not among the names that the package gives to options. */
const zeroCopyReceive = 10

/**
 * What is received is copied out of ZeroMQ's read buffer. Otherwise each message that comes alone keeps a whole buffer,
 * 18 KB, until the collector takes it, and the collector knows of the message's own bytes only: a leader with one
 * command at a time grew by 10 MB a thousand.
 */
export class CopyingContext extends Context {
  constructor() {
    super({ blocky: false })
    this.setInt32Option(zeroCopyReceive, 0)
  }
}
