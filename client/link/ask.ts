/** Asks the server: GET /api/…, JSON, abortable; what it refuses becomes a sentence. */
import type { Answers } from '../../kpi/query.ts'
import type { Grain, Span } from '../../kpi/range.ts'
import type { Reading } from '../../kpi/reading.ts'
import type { Slice } from '../../kpi/slice.ts'
import type { Text } from '../../kpi/text.ts'
import { type CatalogueAnswer, type Known, known } from '../known.ts'
import { en } from '../words/en.ts'
import { vi } from '../words/vi.ts'

/** Why a question has no answer, as a sentence for the person who looks. */
export class AskError extends Error {
  readonly text: Text
  constructor(text: Text, options?: ErrorOptions) {
    super(text.en, options)
    this.text = text
  }
}

/** The server cannot be reached; this is what it answered last to the very same question. */
export class KeptAnswer extends AskError {
  readonly answer: unknown
  constructor(answer: unknown, cause: AskError) {
    super(cause.text, { cause })
    this.answer = answer
  }
}

/** The answer to GET `path`. Throws AskError, or the abort of `signal`. */
export async function ask<T>(path: string, signal?: AbortSignal): Promise<T> {
  return read<T>(await answered(path, signal), signal)
}

async function answered(path: string, signal?: AbortSignal): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new AskError({ vi: vi.unreachable, en: en.unreachable }, { cause })
  }
  if (!response.ok) throw new AskError(await refusal(response))
  return response
}

async function read<T>(response: Response, signal?: AbortSignal): Promise<T> {
  // Nothing to say, and nothing wrong.
  if (response.status === 204) return null as T
  try {
    return (await response.json()) as T
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new AskError({ vi: vi.unreadable, en: en.unreadable }, { cause })
  }
}

/** The sentence of an RFC 9457 answer: its `messages` in both languages, else its `detail` or `title`, else its status. */
export async function refusal(response: Response): Promise<Text> {
  const problem: unknown = await response.json().catch(() => null)
  const { messages, detail, title } = (problem ?? {}) as Record<string, unknown>
  for (const said of [messages, detail, title]) {
    if (typeof said === 'string' && said !== '') return { vi: said, en: said }
    if (said && typeof said === 'object' && 'vi' in said && 'en' in said) return said as Text
  }
  return { vi: vi.refused(response.status), en: en.refused(response.status) }
}

/** The catalogue told last, by the tag it came with. */
let told: { readonly tag: string; readonly catalogue: Known } | null = null

/** What operators declared; the very same object while nothing of it changed, so that nothing is read and drawn anew. */
export async function askCatalogue(signal?: AbortSignal): Promise<Known> {
  const response = await answered('/api/catalogue', signal)
  const tag = response.headers.get('etag')
  if (told && told.tag === tag) {
    await response.body?.cancel()
    return told.catalogue
  }
  const catalogue = known(await read<CatalogueAnswer>(response, signal))
  told = tag === null ? null : { tag, catalogue }
  return catalogue
}

/**
 * The points of one slice's indicator over `span`, at the grain that follows from it or at a coarser one; a line for each member
 * where the slice is split; `usual`: beside what so many like weekdays before brought.
 */
export function askSeries(
  slice: Slice,
  span: Span,
  signal?: AbortSignal,
  grain?: Grain,
  usual?: number,
): Promise<Answers['series']> {
  const query = about(slice, span)
  if (grain) query.set('grain', grain)
  if (usual) query.set('usual', String(usual))
  if (slice.by[0] !== undefined) query.set('by', slice.by[0])
  return ask(`/api/series?${query}`, signal)
}

/** The value of a slice's indicator over exactly `span`; null where it is not known. */
export async function askTotal(slice: Slice, span: Span, by: string, signal?: AbortSignal): Promise<Reading | null> {
  const query = about(slice, span)
  query.set('by', by)
  const { total } = await ask<Answers['breakdown']>(`/api/breakdown?${query}`, signal)
  return total
}

/** The readings of indicators, each in its own window, one for each unit. */
export async function askUnits(indicators: readonly string[], signal?: AbortSignal): Promise<Answers['readings']> {
  const [indicator = '', ...also] = indicators
  const query = { indicator, ...(also.length > 0 && { also: also.join(',') }), by: 'unit' }
  return ask(`/api/readings?${new URLSearchParams(query)}`, signal)
}

/** The reading of one slice, without a split. */
export async function askReading(slice: Slice, signal?: AbortSignal): Promise<Answers['readings']> {
  const query = new URLSearchParams({ indicator: slice.indicator, window: slice.window })
  query.set('where', where(slice))
  return ask(`/api/readings?${query}`, signal)
}

/** What people noted of a unit and of its figures in the last week. */
export async function askNotes(unit: string, signal?: AbortSignal): Promise<Answers['notes']> {
  return ask(`/api/notes?${new URLSearchParams({ where: `unit:${unit}` })}`, signal)
}

/** What was corrected of a unit's figures that had been shown, newest first. */
export async function askCorrections(unit: string, span: Span, signal?: AbortSignal): Promise<Answers['corrections']> {
  const { from, to } = span
  return ask(
    `/api/corrections?${new URLSearchParams({ from: String(from), to: String(to), where: `unit:${unit}` })}`,
    signal,
  )
}

/** All cells of a score of one unit, or of all together, in the score's own window. */
export async function askScore(
  indicator: string,
  unit: string | null,
  signal?: AbortSignal,
): Promise<Answers['score']> {
  return ask(`/api/score?${new URLSearchParams({ indicator, ...(unit !== null && { unit }) })}`, signal)
}

function about(slice: Slice, span: Span): URLSearchParams {
  const query = new URLSearchParams({ indicator: slice.indicator, from: String(span.from), to: String(span.to) })
  if (where(slice) !== '') query.set('where', where(slice))
  return query
}

const where = (slice: Slice) =>
  Object.entries(slice.where)
    .map(([dimension, member]) => `${dimension}:${member}`)
    .join(',')

/** One incident with its whole history. */
export function askIncident(id: string, signal?: AbortSignal): Promise<Answers['incidents']> {
  return ask(`/api/incidents/${id.split('/').map(encodeURIComponent).join('/')}`, signal)
}

/** What was closed in the last day. */
export function askClosed(now: number, signal?: AbortSignal): Promise<Answers['incidents']> {
  return ask(
    `/api/incidents?${new URLSearchParams({ state: 'closed', from: String(now - 86_400_000), limit: '20' })}`,
    signal,
  )
}
