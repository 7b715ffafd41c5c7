import type { ChatWords } from '../../subjects/chat/words.ts'
import { copiesAgreeOn } from '../replica/copies-agree.ts'

export const copiesAgree = copiesAgreeOn<ChatWords>('state')
