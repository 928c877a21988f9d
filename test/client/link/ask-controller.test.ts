/** A question that keeps failing keeps its last answer and says so, and is asked again. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AskError, KeptAnswer } from '../../../client/link/ask.ts'
import { AskController } from '../../../client/link/ask-controller.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
}
const failure = new AskError({ vi: 'hỏng', en: 'broken' })

test('a newer version that fails leaves the answer of before, with the reason beside it, until one comes', async () => {
  let answer: (version: string) => Promise<string> = async (version) => `answer ${version}`
  const one = new AskController<string, string>(host, (version) => answer(version))
  one.want('1', 'subject', '1')
  await vi.advanceTimersByTimeAsync(0)
  expect([one.answer, one.error]).toEqual(['answer 1', null])
  answer = () => Promise.reject(failure)
  one.want('2', 'subject', '2')
  await vi.advanceTimersByTimeAsync(0)
  expect([one.answer, one.error]).toEqual(['answer 1', failure.text])
  answer = async (version) => `answer ${version}`
  await vi.advanceTimersByTimeAsync(500)
  expect([one.answer, one.error]).toEqual(['answer 2', null])
})

test('what was answered last to the very same question stands, and is asked again', async () => {
  let answer: () => Promise<string> = () => Promise.reject(new KeptAnswer('kept', failure))
  const one = new AskController<string, string>(host, () => answer())
  one.want('1', 'subject', '1')
  await vi.advanceTimersByTimeAsync(0)
  expect([one.answer, one.error]).toEqual(['kept', failure.text])
  answer = async () => 'new'
  await vi.advanceTimersByTimeAsync(500)
  expect([one.answer, one.error]).toEqual(['new', null])
})

test('what is not to be asked yet forgets the answer to another subject, and is asked once it is to be', async () => {
  const asked: string[] = []
  const one = new AskController<string, string>(host, async (about) => {
    asked.push(about)
    return `answer ${about}`
  })
  one.want('1', 'first')
  await vi.advanceTimersByTimeAsync(0)
  expect([one.answer, one.about('first'), one.about('second')]).toEqual(['answer 1', 'answer 1', null])
  one.want('2', 'second', '', false)
  await vi.advanceTimersByTimeAsync(0)
  expect([one.answer, one.about('first'), asked]).toEqual([null, null, ['1']])
  one.want('2', 'second')
  await vi.advanceTimersByTimeAsync(0)
  expect([one.about('second'), asked]).toEqual(['answer 2', ['1', '2']])
})
