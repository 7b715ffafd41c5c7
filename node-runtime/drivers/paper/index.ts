export { openPaper } from './open-paper.ts'
