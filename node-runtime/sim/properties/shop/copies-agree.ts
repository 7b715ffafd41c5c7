import type { ShopWords } from '../../subjects/shop/words.ts'
import { copiesAgreeOn } from '../replica/copies-agree.ts'

export const copiesAgree = copiesAgreeOn<ShopWords>('catalogue')
