export { openTrace } from './open-trace.ts'
