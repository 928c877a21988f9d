/** Text in the two languages of every screen and error: Vietnamese first, English complete. */
import { z } from 'zod'

export const Text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) })
export type Text = Readonly<z.infer<typeof Text>>
export type Language = 'vi' | 'en'
