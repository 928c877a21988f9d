/** A push as HTTP says it: what the request must carry, and which answer each outcome is. */
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { IdempotencyKey, type Intake, type NotTaken, type Push, type PushAnswer, PushBody } from '../kpi/push.ts'
import type { Source } from '../kpi/source.ts'
import type { Text } from '../kpi/text.ts'
import { Refusal } from './refusal.ts'

/** A process that takes no pushes. */
export const NOWHERE: Intake = { parse: JSON.parse, take: async () => ({ not: 'unknown' }) }

/** The most bytes of a push of this source, before and after it is unpacked. */
export const limitOf = (source: Source | undefined): number =>
  (source?.kind === 'push' ? source.limits.megabytes : 1) * 1024 * 1024

export const TOO_LARGE: Text = {
  vi: 'Nội dung lớn hơn mức cho phép (limits.megabytes của nguồn); hãy chia thành nhiều lần gửi.',
  en: "The body is larger than allowed (the source's limits.megabytes); split it into several pushes.",
}
export const NOT_JSON: Text = {
  vi: 'Chỉ nhận application/json (UTF-8), có thể nén gzip.',
  en: 'Only application/json (UTF-8) is taken, gzip allowed.',
}
const KEY: Text = {
  vi: 'Cần tiêu đề Idempotency-Key (1 đến 200 ký tự ASCII nhìn thấy được): mỗi lần gửi một giá trị mới, gửi lại thì giữ nguyên.',
  en: 'The header Idempotency-Key is needed (1 to 200 visible ASCII characters): a new one for each push, the same when it is sent again.',
}
const SHAPE: Text = {
  vi: 'Nội dung phải là {"rows": [ {…}, … ]} với ít nhất một dòng, mỗi dòng là một đối tượng.',
  en: 'The body must be {"rows": [ {…}, … ]} with at least one row, each an object.',
}

/** What a body is that a POST of ours cannot read. */
export const NOT_READ: Text = {
  vi: 'Không đọc được nội dung gửi lên: phải là JSON (UTF-8); nếu nén thì phải là gzip trọn vẹn.',
  en: 'The body cannot be read: it must be JSON (UTF-8), and whole gzip where it is packed.',
}

/** Reads bytes as a push, or refuses with what is wrong. */
function read(parse: Intake['parse'], source: string, headers: IncomingHttpHeaders, body: unknown): Push {
  const key = IdempotencyKey.safeParse(headers['idempotency-key'])
  if (!key.success) throw new Refusal(400, KEY, 'Idempotency-Key')
  if (!Buffer.isBuffer(body)) throw new Refusal(415, NOT_JSON, 'Content-Type')
  let said: unknown
  try {
    said = parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    const why = cause instanceof TypeError ? 'UTF-8' : (cause as Error).message
    throw new Refusal(400, { vi: `Nội dung không phải là JSON: ${why}.`, en: `The body is not JSON: ${why}.` })
  }
  const parsed = PushBody.safeParse(said)
  if (!parsed.success) throw new Refusal(400, SHAPE, parsed.error.issues[0]?.path.join('.') || 'rows')
  return {
    source,
    key: key.data,
    digest: createHash('sha256').update(body).digest('hex'),
    bytes: body.length,
    rows: parsed.data.rows,
  }
}

const WAIT = 30

/** The refusal of a push that was not taken; nothing of it was kept. */
function refusalOf(why: NotTaken): Refusal {
  const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000))
  if (why.not === 'too-often')
    return new Refusal(
      429,
      {
        vi: `Nguồn này gửi quá dày (limits.rate); gửi lại sau ${seconds(why.after)} giây với cùng Idempotency-Key.`,
        en: `This source pushes too often (limits.rate); send it again in ${seconds(why.after)} s under the same Idempotency-Key.`,
      },
      '',
      { retryAfter: seconds(why.after) },
    )
  if (why.not === 'too-many')
    return new Refusal(
      413,
      {
        vi: `Mỗi lần gửi nhiều nhất ${why.most} dòng; hãy chia nhỏ.`,
        en: `At most ${why.most} rows at once; split them.`,
      },
      'rows',
    )
  if (why.not === 'no-room')
    return new Refusal(503, { vi: `Chưa nhận được: ${why.text.vi}.`, en: `Not taken: ${why.text.en}.` }, '', {
      retryAfter: WAIT,
    })
  return new Refusal(...SAID[why.not])
}

const SAID: Readonly<Record<'other-body' | 'under-way' | 'unknown', readonly [number, Text, string]>> = {
  'other-body': [
    422,
    {
      vi: 'Idempotency-Key này đã dùng cho một nội dung khác; nội dung mới cần giá trị mới.',
      en: 'This Idempotency-Key was used with another body; a new body needs a new one.',
    },
    'Idempotency-Key',
  ],
  'under-way': [
    409,
    {
      vi: 'Lần gửi với Idempotency-Key này đang được nhận; hãy chờ câu trả lời của nó.',
      en: 'The push with this Idempotency-Key is being taken; wait for its answer.',
    },
    'Idempotency-Key',
  ],
  unknown: [
    409,
    {
      vi: 'Khai báo của nguồn vừa thay đổi; hãy gửi lại.',
      en: 'The declaration of this source has just changed; send it again.',
    },
    '',
  ],
}

/** Takes a push. Rows that could not be taken are in the answer; when not a single one could, the whole is refused and says why. */
export async function take(
  intake: Intake,
  source: string,
  headers: IncomingHttpHeaders,
  body: unknown,
): Promise<PushAnswer> {
  const answer = await intake.take(read(intake.parse, source, headers, body))
  if ('not' in answer) throw refusalOf(answer)
  const { taken, held, withdrawn } = answer.observations
  if (taken + held + withdrawn > 0) return answer
  const text = {
    vi: 'Không dòng nào nhận được; problems nói từng dòng sai gì và cách sửa.',
    en: 'Not one row could be taken; problems says what is wrong with each and what to do.',
  }
  throw new Refusal(422, text, 'rows', { more: { ...answer } })
}
