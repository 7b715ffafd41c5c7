export { openClock, type SystemClock } from './open-clock.ts'
