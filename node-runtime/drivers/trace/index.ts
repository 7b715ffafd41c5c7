export { type BufferedTrace, openTrace, type TraceOptions } from './open-trace.ts'
