/** The far end of a pipe: it sends back whatever it hears, until its parent is gone. */
import { processPipe } from '../index.ts'

const pipe = processPipe<unknown, unknown>(process)
pipe.listen((message) => pipe.post(message))
process.once('disconnect', () => process.exit(0))
