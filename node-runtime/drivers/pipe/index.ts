export { memoryPipes } from './memory-pipes.ts'
export { type ParentPort, parentPortPipe } from './parent-port-pipe.ts'
export { type ProcessEnd, pipeLimits, processPipe } from './process-pipe.ts'
