/** What is served under a path by a method. `{name}` is one part of the path, `{name...}` all the rest of it. */
interface Routed {
  readonly method: string
  readonly path: string
}

export interface Found<Route> {
  readonly byMethod: ReadonlyMap<string, Route>
  readonly places: readonly string[]
}

/** Finds who serves a path. Whole paths are looked up; only the others are compared with patterns. */
export function routerOf<Route extends Routed>(routes: readonly Route[]): (path: string) => Found<Route> | null {
  const whole = new Map<string, Found<Route>>()
  const patterns = new Map<string, { readonly pattern: RegExp; readonly byMethod: Map<string, Route> }>()
  for (const route of routes) {
    const { path, method } = route
    if (!path.includes('{')) {
      const byMethod = new Map([...(whole.get(path)?.byMethod ?? []), [method, route] as const])
      whole.set(path, { byMethod, places: [] })
    } else {
      const known = patterns.get(path) ?? { pattern: patternOf(path), byMethod: new Map<string, Route>() }
      known.byMethod.set(method, route)
      patterns.set(path, known)
    }
  }
  return (path) => {
    const found = whole.get(path)
    if (found !== undefined) return found
    for (const { pattern, byMethod } of patterns.values()) {
      const match = pattern.exec(path)
      if (match !== null) return { byMethod, places: match.slice(1) }
    }
    return null
  }
}

/** For `allow`: what goes where `GET` goes is answered too. */
export function methodsOf({ byMethod }: Found<unknown>): string {
  const methods = [...byMethod.keys()].flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...methods, 'OPTIONS'].sort().join(', ')
}

/** Our own paths hold letters, slashes and full stops beside the places. */
function patternOf(path: string): RegExp {
  const source = path
    .replaceAll('.', '\\.')
    .replaceAll(/\{\w+\\\.\\\.\\\.\}/g, '(.+)')
    .replaceAll(/\{\w+\}/g, '([^/]+)')
  return new RegExp(`^${source}$`)
}
