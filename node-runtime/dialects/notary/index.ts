export {
  blockKnown,
  blockMissing,
  blockRefused,
  type DialectAnswer,
  documentMissing,
  healthy,
  htmlType,
  jsonType,
  notLeader,
  page,
  registered,
  status,
} from './answers.ts'
export { blockJson, chainFrame, type DialectBlock, type NotaryDialect } from './blocks.ts'
export { type ClaimedBlock, fieldsOf, halfSurrogate, isJsonType, readJson, readRegister, readSync } from './requests.ts'
