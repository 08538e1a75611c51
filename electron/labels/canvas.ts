import { createRequire } from 'node:module'

type Canvas = typeof import('@napi-rs/canvas')
let loaded: Canvas | undefined

/** The canvas, loaded when the first label is drawn: its library is 30 MB and would hold up every start. */
export function canvas(): Canvas {
  loaded ??= createRequire(import.meta.url)('@napi-rs/canvas') as Canvas
  return loaded
}
