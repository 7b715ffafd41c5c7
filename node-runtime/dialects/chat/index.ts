export type { AccountAsk, Speaker } from './account-asks.ts'
export {
  type AccountAnswer,
  accountAnswer,
  type CourseAnswer,
  courseAnswer,
  type RankedServer,
  refusalAnswer,
} from './answers.ts'
export type { Codec } from './codec.ts'
export { judge, type Observed } from './conformance/judge.ts'
export { type ConformanceRule, conformanceRules } from './conformance/rules.ts'
export type { CourseAsk } from './course-asks.ts'
export { type Named, referenceFiles, registryFile, saidFiles } from './export-files.ts'
export {
  accountPublication,
  coursePublication,
  electedPublication,
  type Publication,
  readPublication,
  replicaPublication,
  type Said,
} from './publications.ts'
export type { Refusal } from './refusals.ts'
export { type CourseReply, courseRequest, readReply } from './replies.ts'
export { type ForeignRequest, type Form, readRequest } from './requests.ts'
export { clockMax, type ForeignStamp, type Stamp } from './stamp.ts'
