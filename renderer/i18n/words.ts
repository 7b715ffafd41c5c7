/**
 * The shape that a translation must have: every key of the English texts, and no other, except that a language may need
 * a plural form that English does not have. (Portuguese says "1 milhão de eventos" by a form of its own, `_many`.)
 */
export type Words<English> = {
  readonly [Key in keyof English]: English[Key] extends string ? string : Words<English[Key]>
} & {
  readonly [Key in keyof English as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string
}
