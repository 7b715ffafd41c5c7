import { assert } from '#kit/assert'

/** A method or getter of one of the core's classes, and what stands in its place while a run lasts. */
export interface Replacement {
  readonly of: object
  readonly name: string
  replace(right: PropertyDescriptor): PropertyDescriptor
}

/**
 * Plays a run with rules replaced that no wrapper reaches, because they are decided deep inside the core. Everything is
 * as it was when this returns: a run is straight-line code.
 */
export function withReplaced<T>(replacements: readonly Replacement[], run: () => T): T {
  const right = replacements.map(({ of, name }) => {
    const descriptor = Object.getOwnPropertyDescriptor(of, name)
    assert(descriptor !== undefined, `a rule called ${name}`)
    return { of, name, descriptor }
  })
  for (const { of, name, replace } of replacements) {
    const descriptor = Object.getOwnPropertyDescriptor(of, name)
    if (descriptor !== undefined) Object.defineProperty(of, name, { ...replace(descriptor), configurable: true })
  }
  try {
    return run()
  } finally {
    for (const { of, name, descriptor } of right) Object.defineProperty(of, name, descriptor)
  }
}

/** Of a class, under a type that knows its methods. */
type Class<Instance> = { readonly prototype: Instance }

/** `change` is given the right method and gives back the wrong one. */
export function method<Instance, Name extends keyof Instance & string>(
  { prototype }: Class<Instance>,
  name: Name,
  change: (right: Instance[Name]) => Instance[Name],
): Replacement {
  return {
    // A class's prototype is an object, which its instance type does not say.
    of: prototype as object,
    name,
    replace: ({ value }) => ({ value: change(value), writable: true }),
  }
}

export function getter<Instance, Name extends keyof Instance & string>(
  { prototype }: Class<Instance>,
  name: Name,
  wrong: (instance: Instance) => Instance[Name],
): Replacement {
  return {
    of: prototype as object, // as above
    name,
    replace: () => ({
      get(this: Instance) {
        return wrong(this)
      },
    }),
  }
}
