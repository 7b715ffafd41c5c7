import type { Route } from './route.ts'

export interface Found {
  readonly byMethod: ReadonlyMap<string, Route>
  readonly places: readonly string[]
}

/** Finds who serves a path. Whole paths are looked up; only the others are compared with patterns. */
export function routerOf(routes: readonly Route[]): (path: string) => Found | null {
  const whole = new Map<string, Found>()
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
export function methodsOf({ byMethod }: Found): string {
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
