/** What a database refuses, as a sentence with what to do about it. */
import type { Wrong } from '../kind.ts'

/** A sentence in both languages. */
export const said = (vi: string, en: string, cause?: unknown): Wrong => ({ wrong: { vi, en }, cause })

/** The codes of both databases that mean the same. */
const MEANS: readonly (readonly [codes: readonly string[], wrong: (cause: unknown) => Wrong])[] = [
  [
    ['28P01', '28000', '3D000', 'ER_ACCESS_DENIED_ERROR', 'ER_DBACCESS_DENIED_ERROR', 'ER_BAD_DB_ERROR'],
    (cause) =>
      said(
        'cơ sở dữ liệu từ chối: kiểm tra tên, mật khẩu và tên cơ sở dữ liệu trong biến môi trường',
        'the database refuses: look at user, password and database name in the environment variable',
        cause,
      ),
  ],
  [
    ['57014', 'Query read timeout', '1969', '3024', 'PROTOCOL_SEQUENCE_TIMEOUT'],
    (cause) =>
      said(
        'câu truy vấn chạy quá timeout: thêm chỉ mục, hoặc khai chunk nhỏ hơn',
        'the query takes longer than timeout: add an index, or declare a smaller chunk',
        cause,
      ),
  ],
  [
    ['25006', 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'],
    (cause) =>
      said(
        'câu truy vấn muốn ghi; phiên làm việc chỉ được đọc: query phải là một câu SELECT',
        'the query wants to write; the session only reads: query must be one SELECT',
        cause,
      ),
  ],
]

/** A failure as a sentence. Errors of a database may quote the statement, never the address or the secret. */
export function failed(cause: unknown, connected: boolean): Wrong {
  const { code = '', errno, message = '' } = cause as { code?: string; errno?: number; message?: string }
  if (cause instanceof NoAuthorities)
    return said(`tls.ca: không đọc được tệp ${message}`, `tls.ca: the file ${message} cannot be read`, cause.cause)
  const known = MEANS.find(([codes]) => [code, String(errno), message].some((one) => codes.includes(one)))
  if (known) return known[1](cause)
  if (!connected)
    return said(
      `không kết nối được tới cơ sở dữ liệu (${code || message})`,
      `the database cannot be reached (${code || message})`,
      cause,
    )
  return said(`cơ sở dữ liệu trả lời: ${message}`, `the database answers: ${message}`, cause)
}

/** A file of authorities that cannot be read. */
export class NoAuthorities extends Error {}
