import { spaces } from '#cores/shop/catalogue/rows'
import { ByteWriter } from '#kit/bytes'
import { copiesAgree } from '../../properties/shop/copies-agree.ts'
import { spoiltMachine } from './machine-with-bug.ts'
import type { ShopBug } from './shop-bug.ts'

/** Keeps in the common state how many commands it has done in this life of its own. */
export const keepsACountOfItsOwn: ShopBug = {
  name: 'keeps-a-count-of-its-own',
  property: copiesAgree.name,
  parts: spoiltMachine((right) => {
    let done = 0
    return {
      apply: (entry, state) => {
        done += 1
        state.put(spaces.shop, 'done', new ByteWriter(8).number(done).done())
        return right.apply(entry, state)
      },
    }
  }),
}
