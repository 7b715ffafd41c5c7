import type { Stop } from '#kit/stop-stack'

/** A two-way pipe of plain data. A forked child, a utility process and an in-memory pair all fit it. */
export interface Pipe<Out, In> {
  post(message: Out): void
  listen(receive: (message: In) => void): Stop
}
