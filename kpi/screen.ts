/** A screen profile: how large a screen is and from how far it is read. The file's path under dashboards/screens is its id. */
import { z } from 'zod'
import { Recurring } from './recurring.ts'
import { Text } from './text.ts'

export const ProfileFile = z.strictObject({
  title: Text,
  /** CSS pixels of the whole surface, as the browser lays it out. */
  pixels: z.strictObject({ width: z.int().min(320).max(16_384), height: z.int().min(320).max(16_384) }),
  /** Width of what lights up, millimetres. */
  widthMm: z.number().min(50).max(50_000),
  /** How far away those sit who must be able to read it, metres. */
  distanceM: z.number().min(0.2).max(100),
  /** When its light is lowered, unless a scene says otherwise. */
  night: Recurring.optional(),
})
export type ProfileFile = z.infer<typeof ProfileFile>
export type ScreenProfile = Readonly<ProfileFile> & { readonly id: string }
